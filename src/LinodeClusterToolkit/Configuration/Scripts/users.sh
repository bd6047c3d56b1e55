# Makes the groups and users of a plan. An account that is there already is brought to what the plan says, never made anew.

# user_group NAME GID: a number that is empty is the node's own choice.
user_group() {
  if found=$(getent group "$1"); then
    [ -z "$2" ] || [ "$(printf '%s' "$found" | cut -d: -f3)" = "$2" ] || fail "group $1 has another number than $2: $found"
    return 0
  fi
  if [ -n "$2" ]; then
    taken=$(getent group "$2" || :)
    [ -z "$taken" ] || fail "number $2 of group $1 is taken: $taken"
    groupadd --gid "$2" "$1"
  else
    groupadd "$1"
  fi
  did "group $1"
}

# user NAME UID GROUPS SUDO LOGIN KEYS: groups divided by commas, keys by line breaks.
user() {
  if [ "$5" = yes ]; then shell=/bin/bash; else shell=/usr/sbin/nologin; fi
  if found=$(getent passwd "$1"); then
    [ -z "$2" ] || [ "$(printf '%s' "$found" | cut -d: -f3)" = "$2" ] || fail "user $1 has another number than $2: $found"
    if [ "$(printf '%s' "$found" | cut -d: -f7)" != "$shell" ]; then
      # One that was taken out before is let in again.
      usermod --shell "$shell" --expiredate '' --password '*' "$1"
      did "shell of $1"
    fi
  else
    if [ -n "$2" ]; then
      taken=$(getent passwd "$2" || :)
      [ -z "$taken" ] || fail "number $2 of user $1 is taken: $taken"
    fi
    # A star is no password and not locked either. A group of the user's name may be one of the plan's.
    if getent group "$1" >/dev/null; then own="--gid $1"; else own=--user-group; fi
    # shellcheck disable=SC2086
    useradd --create-home --shell "$shell" --password '*' $own ${2:+--uid "$2"} "$1"
    did "user $1"
  fi

  wanted=$3
  if [ "$5" = yes ]; then wanted=${wanted:+$wanted,}lct-ssh; fi
  old=$IFS
  IFS=,
  for name in $wanted; do
    IFS=$old
    case " $(id -nG "$1") " in
      *" $name "*) ;;
      *) usermod --append --groups "$name" "$1"; did "$1 in $name" ;;
    esac
  done
  IFS=$old
  if [ "$5" != yes ]; then
    case " $(id -nG "$1") " in *" lct-ssh "*) gpasswd --delete "$1" lct-ssh >/dev/null; did "$1 not in lct-ssh" ;; esac
  fi

  home=$(getent passwd "$1" | cut -d: -f6)
  main=$(id -gn "$1")
  if [ -n "$6" ]; then
    [ -d "$home/.ssh" ] || install -d -m 700 -o "$1" -g "$main" "$home/.ssh"
    put "$home/.ssh/authorized_keys" 600 "$6"
    chown "$1:$main" "$home/.ssh/authorized_keys"
  elif [ -e "$home/.ssh/authorized_keys" ]; then
    rm -f "$home/.ssh/authorized_keys"
    did "keys of $1"
  fi

  # The file's name has no dot, or sudo passes it over.
  rule=/etc/sudoers.d/91-lct-$1
  if [ "$4" = yes ]; then
    printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\nDefaults:%s use_pty\n' "$1" "$1" >/run/lct-sudoers
    visudo -cqf /run/lct-sudoers || fail "sudo does not take the rule for $1"
    put "$rule" 440 "$(cat /run/lct-sudoers)"
    rm -f /run/lct-sudoers
  elif [ -e "$rule" ]; then
    rm -f "$rule"
    did "sudo of $1"
  fi
}

# former_user NAME: a user that the plan has no more keeps its files and loses every way in, and what it is doing ends.
former_user() {
  getent passwd "$1" >/dev/null || return 0
  rm -f "/etc/sudoers.d/91-lct-$1"
  home=$(getent passwd "$1" | cut -d: -f6)
  rm -f "$home/.ssh/authorized_keys"
  usermod --shell /usr/sbin/nologin --groups '' --lock --expiredate 1 "$1"
  pkill -KILL -u "$1" || :
  did "$1 out"
}
