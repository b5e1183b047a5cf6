# shellcheck shell=bash
# What the benchmarks share: a place to work in, the host, samples and rows. Sourced after `set -euo pipefail`.
#
# A command measures ours and the peer in turns, keeps every figure as a sample, and prints rows. A row's ratio
# is the median of the rounds' ratios, so that what disturbs a round disturbs both sides of it.
#
#   BENCH_ROUNDS   rounds of each measurement
#   BENCH_DIR      where to work, /var/tmp by default: a real file system, that other users may read
#   BENCH_PORT     first of the ten ports on 127.0.0.1 that are used
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
bench=$(basename "$0")
ports=${BENCH_PORT:-18090}
pids=()
runner=() # what runs the host
cd "$root"

fail() { # sentence
  echo "bench/$bench: $1" >&2
  exit 2
}

need() { # command, how to get it
  command -v "$1" > /dev/null || fail "$1 is missing: $2"
}

for ((port = ports; port < ports + 10; port++)); do
  if (: <> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
    fail "port $port is in use: choose ten free ones with BENCH_PORT=FIRST"
  fi
done
need curl 'apt install curl'
need wrk 'apt install wrk'
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/consigne-bench.XXXXXX")
mkdir "$work/samples"
chmod 755 "$work"

end() { # pid
  kill "$1" 2> /dev/null || true
  wait "$1" 2> /dev/null || true
}

cleanup() {
  local pid
  for pid in "${pids[@]}"; do end "$pid"; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

nap() { # seconds
  read -rt "$1" <> <(:) || true
}

# Waits until something answers there, whatever it answers.
await() { # pid, url, log
  until curl -ksS -o /dev/null "$2" 2> /dev/null; do
    kill -0 "$1" 2> /dev/null || fail "$(cat "$3")"
    nap 0.05
  done
}

# Starts ./consigne serve as it is shipped; the key is made once.
start_host() { # options of serve
  start_bare_host "$@"
  key=$(cat "$work/key")
  auth="Authorization: Bearer $key"
}

start_bare_host() {
  local keyed=()
  [ -f "$work/key" ] || keyed=(--key-file "$work/key")
  host_url=http://127.0.0.1:$ports
  case " $* " in *' --tls-'*) host_url=https://127.0.0.1:$ports ;; esac
  "${runner[@]}" ./consigne serve --data "$work/data" --listen "127.0.0.1:$ports" --limits "${limits:-off}" \
    "${keyed[@]}" "$@" > "$work/host.log" 2>&1 &
  host=$!
  pids+=("$host")
  await "$host" "$host_url" "$work/host.log"
  java=$(readlink "/proc/$host/exe")
}

api() { # path, JSON
  curl -kfsS -H "$auth" -H 'Content-Type: application/json' -d "$2" "$host_url/v1/$1"
}

member() { # name; the first such text or number of the JSON on stdin
  grep -o "\"$1\":\"\?[^\",}]*" | head -1 | sed 's/^"[^"]*":"\?//'
}

# Uploads a file and prints its link.
upload() { # file, name
  curl -kfsS -L -H "$auth" -H 'EXPORT: 1' -F "file[]=@$1;filename=$2" "$host_url/upload.cgi" | cut -d';' -f3
}

# A download address of a link, good for five minutes.
token() { # link
  api download/get_token.cgi "{\"url\":\"$1\"}" | member url
}

# Waits until the file has all its hashes.
await_hashes() { # link
  until [ -n "$(api file/info.cgi "{\"url\":\"$1\"}" | member checksum)" ]; do nap 0.1; done
}

# The milliseconds of processor time of a process and of its children.
cpu() { # pid
  local all
  all=$(cat "/proc/$1/task/"*/children 2> /dev/null || true)
  # shellcheck disable=SC2086
  for pid in $1 $all; do cat "/proc/$pid/stat" 2> /dev/null || true; done |
    sed 's/.*) //' | awk -v tick="$(getconf CLK_TCK)" '{ t += $12 + $13 } END { print t * 1000 / tick }'
}

rss() { # pid; MiB that are resident now
  awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"
}

sample() { # name, value
  echo "$2" >> "$work/samples/$1"
}

calc() { # expression of awk
  awk "BEGIN { printf \"%.6g\", $1 }"
}

median() {
  sort -g | awk '{ v[NR] = $1 }
    END { if (NR) printf "%.6g", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

middle() { # name of samples
  median < "$work/samples/$1"
}

# The median over the rounds of one figure divided by another.
quotient() { # names of samples
  paste "$work/samples/$1" "$work/samples/$2" | awk '{ print $1 / $2 }' | median
}

heading() {
  printf '%-46s %10s %10s  %-9s %-22s %6s %7s %5s\n' '' ours theirs unit peer ratio floor aim
}

# Prints a line of the table, and the same as JSON. A floor is `>= 0.8` or `<= 2.5`; an aim lies in the same direction,
# or says its own where there is no floor. Where there is no peer, ours is compared.
row() { # what, unit, samples of ours, samples of the peer or -, the peer's name or -, floor or -, aim or -
  local ours peer=- ratio=- verdict='' short_of='' judged aim=$7
  ours=$(short "$(middle "$3")")
  if [ "$4" != - ]; then
    peer=$(short "$(middle "$4")")
    ratio=$(quotient "$3" "$4")
  fi
  judged=$ratio
  [ "$4" != - ] || judged=$(middle "$3")
  if [ "$6" != - ] && ! awk "BEGIN { exit !($judged $6) }"; then verdict=' MISSED'; fi
  case $aim in -|'>='*|'<='*) ;; *) aim="${6%% *} $aim" ;; esac
  if [ "$aim" != - ] && ! awk "BEGIN { exit !($judged $aim) }"; then short_of=' **missed**'; fi
  ratio=$(short "$ratio")
  printf '%-46s %10s %10s  %-9s %-22s %6s %7s %5s%s\n' \
    "$1" "$ours" "$peer" "$2" "$5" "$ratio" "$6" "$7" "$verdict"
  printf '{"bench":"%s","row":"%s","unit":"%s","ours":%s,"peer":"%s","theirs":%s,"ratio":%s,' \
    "$bench" "$1" "$2" "$ours" "$5" "${peer/#-/null}" "${ratio/#-/null}"
  printf '"floor":"%s","aim":"%s","met":%s,"rounds":%s}\n' \
    "$6" "$7" "$([ -z "$verdict" ] && echo true || echo false)" "$(wc -l < "$work/samples/$3")"
  printf '| `%s` | %s | %s | %s | %s | %s | %s | %s%s | %s%s |\n' "$bench" "$1" "$ours" "$peer" "$2" "$5" "$ratio" \
    "$6" "${verdict:+ **missed**}" "$7" "$short_of" >> "${BENCH_TABLE:-/dev/null}"
}

short() { # figure; three digits that count
  awk -v v="$1" 'BEGIN {
    if (v !~ /^[0-9.e+-]+$/ || v == "-") print v
    else if (v >= 100) printf "%.0f", v
    else if (v >= 10) printf "%.1f", v
    else printf "%.2f", v }'
}
