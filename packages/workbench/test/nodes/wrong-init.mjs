#!/usr/bin/env node
// Answers init with something else.
import { reply, serve } from "./wire.mjs";

serve({ init: (message) => reply(message, { type: "hello" }) });
