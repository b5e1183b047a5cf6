# shellcheck shell=bash
# Our command line and rclone's fichier backend at one host, over TLS: ours straight, rclone by `consigne relay`, since it
# knows only 1fichier.com. rclone waits 400 ms between two calls, whatever the host allows. Start-up counts for both.

need rclone 'apt install rclone'
need time 'apt install time'
export CONSIGNE_NO_BUILD=1
mkdir -p "$work/home"

# The host with TLS of its own, the relay, and what both clients need to trust it.
start_clients() { # options of serve
  start_host --tls-self "$@"
  authority=$work/data/tls/ca.pem
  ./consigne relay --to "127.0.0.1:$ports" --ca "$authority" > "$work/relay.out" 2> "$work/relay.log" &
  relay=$!
  pids+=("$relay")
  until grep -q HTTPS_PROXY "$work/relay.out" 2> /dev/null; do
    kill -0 "$relay" 2> /dev/null || fail "$(cat "$work/relay.log")"
    nap 0.05
  done
  proxy=$(sed -n "s/.*HTTPS_PROXY='\{0,1\}\([^' ]*\).*/\1/p" "$work/relay.out" | head -1)
}

end_clients() {
  end "$relay"
  end "$host"
}

# Runs a command and keeps its seconds, its processor seconds and its peak memory in MiB.
timed() { # name, command …
  local name=$1 status=0
  shift
  command time -f '%e %U %S %M' -o "$work/time" "$@" > "$work/out" 2> "$work/err" || status=$?
  [ "$status" = 0 ] || fail "$* ended with $status: $(tail -3 "$work/err")"
  read -r elapsed user system peak < <(tail -1 "$work/time")
  sample "$name.seconds" "$elapsed"
  sample "$name.cpu" "$(calc "$user + $system")"
  sample "$name.memory" "$(calc "$peak / 1024")"
}

ours() { # name, arguments …
  local name=$1
  shift
  HOME=$work/home XDG_CACHE_HOME=$work/home/cache XDG_STATE_HOME=$work/home/state CONSIGNE_API_KEY=$key \
    CONSIGNE_URL=$host_url CONSIGNE_CACERT=$authority \
    timed "$name" ./consigne "$@"
}

theirs() { # name, arguments …
  local name=$1
  shift
  led timed "$name" rclone --config "$work/home/rclone.conf" --retries 1 "$@"
}

# The same, ended after a time.
bounded() { # name, seconds, arguments …
  local name=$1 most=$2
  shift 2
  led timed "$name" bash -c 'timeout "$@"; exit $(($? == 124 ? 0 : $?))' - \
    "$most" rclone --config "$work/home/rclone.conf" --retries 1 "$@"
}

led() { # command …
  HTTPS_PROXY=$proxy RCLONE_CA_CERT=$authority RCLONE_FICHIER_API_KEY=$key "$@"
}

# The calls that the host has counted for the key, the one that asks included.
calls() {
  api key/ls.cgi '{"days":1}' | member calls
}
