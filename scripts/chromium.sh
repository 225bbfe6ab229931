#!/bin/sh
# Says where this machine's Chromium is, for the tests of the pages. With --install, gets Debian's where none is found and it may.
# CHROMIUM names another one.
find_chromium() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

find_chromium && exit
if [ "${1:-}" = --install ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Debian's chromium, in which the pages are tested" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core; } >/dev/null
  find_chromium && exit
fi
echo "there is no Chromium here: the tests of the pages are skipped (apt-get install chromium)" >&2
