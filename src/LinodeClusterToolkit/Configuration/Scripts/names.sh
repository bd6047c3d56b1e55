# Writes the names of all nodes of the cluster into /etc/hosts, in a block of its own; the rest of the file stays as it is.
# Data: peers, a line for each address.
put /etc/hosts 644 "$(sed '/^# lct cluster$/,/^# lct end$/d' /etc/hosts; printf '# lct cluster\n%s\n# lct end' "$peers")"
