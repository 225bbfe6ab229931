#!/usr/bin/env node
// Answers init with an error.
import { reply, serve } from "./wire.mjs";

serve({ init: (message) => reply(message, { type: "error", code: 11, text: "no disk" }) });
