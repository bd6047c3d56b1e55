# shellcheck shell=bash
# Functions around linodetool for scripts: bash 5 or later, nothing else needed. Source it:
#
#   . lct.sh
#   lct_create shop plans/shop.yaml --set web_count=4   # makes it, or goes on with it; returns when it stands
#   lct_wait shop started 30m                           # waits for a state; 8 where it did not come in time
#   lct_state shop                                      # started, stopped, … or absent
#   lct_nodes shop [TAG]                                # labels, one a line
#   lct_addresses shop [TAG]                            # LABEL PUBLIC PRIVATE, one node a line, - where there is none
#   lct_address shop web-1                              # the public address of one
#   lct_run_all shop uptime                             # a command on all nodes that are up
#   lct_run_tagged shop webserver systemctl reload nginx
#   lct_each shop webserver my_function                 # calls my_function LABEL ADDRESS for each, one after the other
#   lct_export shop ansible inventory.yaml
#   lct_delete shop                                     # asks nothing, and is content where there is none
#
# LCT_LINODETOOL is the program, as an array or a word: LCT_LINODETOOL=(linodetool --emulator). Each function returns the exit code of linodetool
# (linodetool help exit-codes), prints only results on standard output, and works under set -euo pipefail. One word after the name is a line
# for the node's shell, several are a program and its arguments, as they are.

lct() {
  local -a program=(linodetool)
  if [[ -v LCT_LINODETOOL ]]; then program=("${LCT_LINODETOOL[@]}"); fi
  "${program[@]}" --no-input "$@"
}

# NAME PLAN [OPTION…]
lct_create() { lct cluster create "$@" --yes >/dev/null; }

# NAME STATE [TIME]
lct_wait() { lct -q cluster wait "$1" --for "$2" --timeout "${3:-30m}" >/dev/null; }

# NAME; the exact one: linodetool itself would take the beginning of a name
lct_state() {
  local all name state
  all=$(lct -q cluster list --columns name,state --no-header) || return
  while read -r name state; do
    if [[ $name == "$1" ]]; then
      printf '%s\n' "$state"
      return
    fi
  done <<<"$all"
  echo absent
}

# NAME [TAG]
lct_nodes() { lct -q node list --cluster "$1" ${2:+--tag "$2"} -o name; }

# NAME [TAG]
lct_addresses() {
  local all label public private
  all=$(lct -q node list --cluster "$1" ${2:+--tag "$2"} --columns label,public_ipv4,private_ipv4 --no-header) || return
  while read -r label public private; do
    [[ -z $label ]] || printf '%s %s %s\n' "$label" "${public:--}" "${private:--}"
  done <<<"$all"
}

# NAME LABEL
lct_address() {
  local all label public _
  all=$(lct_addresses "$1") || return
  while read -r label public _; do
    if [[ $label == "$2" && $public != - ]]; then
      printf '%s\n' "$public"
      return
    fi
  done <<<"$all"
  echo "lct_address: $1 has no node $2 with an address" >&2
  return 5
}

# NAME COMMAND…
lct_run_all() {
  local name=$1
  shift
  lct -q cluster exec "$name" -- "$@"
}

# NAME TAG COMMAND…
lct_run_tagged() {
  local name=$1 tag=$2
  shift 2
  lct -q cluster exec "$name" --tag "$tag" -- "$@"
}

# NAME TAG FUNCTION; TAG may be empty for all. Ends with the first call that fails, and returns its code.
lct_each() {
  local name=$1 tag=$2 call=$3 all label public _
  all=$(lct_addresses "$name" "$tag") || return
  while read -r label public _ <&9; do
    [[ -z $label ]] || "$call" "$label" "$public" || return
  done 9<<<"$all"
}

# NAME FORMAT FILE [OPTION…]
lct_export() {
  local name=$1 format=$2 file=$3
  shift 3
  lct -q cluster export "$name" --format "$format" -f "$file" "$@"
}

# NAME [OPTION…]
lct_delete() {
  local state
  state=$(lct_state "$1") || return
  [[ $state == absent ]] || lct cluster delete "$@" --yes >/dev/null
}
