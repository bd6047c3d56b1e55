#!/bin/sh
# Runs the StackScript of a plan and tells how it ended. Its text stands here as it is, so that the platform sees what it asks for and includes.
umask 077
mkdir -p -m 711 /var/lib/lct
cat /proc/sys/kernel/random/boot_id >/var/lib/lct/stackscript.boot
cat >/var/lib/lct/stackscript <<'LCT_END_OF_SCRIPT'
LCT_SCRIPT
LCT_END_OF_SCRIPT
chmod 700 /var/lib/lct/stackscript
lct_code=0
(
  unset LCT_HARDEN LCT_HOST_KEY lct_code
  umask 022
  exec /var/lib/lct/stackscript
) </dev/null >/var/lib/lct/stackscript.log 2>&1 || lct_code=$?
rm -f /var/lib/lct/stackscript
printf '%s\n' "$lct_code" >/var/lib/lct/stackscript.new
mv -f /var/lib/lct/stackscript.new /var/lib/lct/stackscript.code
exit "$lct_code"
