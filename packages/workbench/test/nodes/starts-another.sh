#!/bin/sh
# A good node behind a shell script that also started another process, which holds stdout and would outlive it.
sleep 1000 &
node "$(dirname "$0")/good.mjs"
wait
