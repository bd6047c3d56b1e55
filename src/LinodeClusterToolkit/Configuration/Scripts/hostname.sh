# A system that is a copy of another gets its own name.
# Data: name.
if [ "$(cat /etc/hostname)" != "$name" ]; then
  hostnamectl set-hostname "$name" 2>/dev/null || { put /etc/hostname 644 "$name"; hostname "$name"; }
  did "host name $name"
fi
