#!/usr/bin/env node
// A good echo node, to see that the others are caught for what they do wrong.
import { serve } from "./wire.mjs";

serve({});
