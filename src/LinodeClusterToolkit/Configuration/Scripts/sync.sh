# What was written is on the disks.
sync
