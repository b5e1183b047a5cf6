# shellcheck shell=bash
# Loads, and files to put them on.
lua=$root/bench/lib

# Loads a server with wrk and samples NAME.rate (requests/s) and NAME.cpu (µs of the server's processor time
# for each request). Ends the command if an answer is a refusal, or the host breaks a connection.
load() { # name, pid, connections, seconds, arguments of wrk …
  local name=$1 pid=$2 connections=$3 seconds=$4 before after
  shift 4
  before=$(cpu "$pid")
  wrk -t$((connections > 1 ? 2 : 1)) -c"$connections" -d"${seconds}s" --timeout 30s "$@" > "$work/wrk.log" 2>&1 ||
    fail "$(cat "$work/wrk.log")"
  after=$(cpu "$pid")
  if grep -q 'Non-2xx' "$work/wrk.log" ||
    { [ "$pid" = "$host" ] && grep -q 'Socket errors' "$work/wrk.log"; }; then
    fail "$name: $(cat "$work/wrk.log")"
  fi
  sample "$name.rate" "$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk.log")"
  sample "$name.cpu" "$(calc "($after - $before) * 1000 / $(awk '/requests in/ { print $1 }' "$work/wrk.log")")"
}

# Makes files of random bytes: DIRECTORY/0 … DIRECTORY/N-1.
random_files() { # directory, how many, bytes
  mkdir -p "$1"
  head -c $(($2 * $3)) /dev/urandom |
    split -b "$3" -d -a 4 - "$1/f"
}

# Uploads all files of a directory, at most 500 in a request, into the root folder.
upload_all() { # directory
  local batch=() file
  for file in "$1"/*; do
    batch+=(-F "file[]=@$file")
    if [ ${#batch[@]} -eq 1000 ]; then upload_batch "${batch[@]}"; batch=(); fi
  done
  if [ ${#batch[@]} -gt 0 ]; then upload_batch "${batch[@]}"; fi
}

upload_batch() {
  curl -fsS -o /dev/null -H "$auth" "$@" "$host_url/upload.cgi"
}

# The download paths of all files in the root folder, a line each.
host_paths() {
  api file/ls.cgi '{}' | grep -o '"url":"[^"]*"' | cut -d'"' -f4 |
    while read -r link; do token "$link"; done | sed 's|^[a-z]*://[^/]*||'
}

# The paths of the files of a directory below a prefix.
plain_paths() { # prefix, directory
  local file
  for file in "$2"/*; do echo "$1${file##*/}"; done
}

# A time that wrk has just printed, in ms: after Latency the mean of a request, after 99% that of the slowest hundredth.
answered() { # label
  awk -v label="$1" '$1 == label { v = $2; if (v ~ /us$/) v /= 1000; else if (v !~ /ms$/) v *= 1000; print v + 0 }' "$work/wrk.log"
}
