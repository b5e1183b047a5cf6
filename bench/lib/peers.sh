# shellcheck shell=bash
# The peers, each configured as its users would for speed. Their files are those of $work/files.

nginx_url=http://127.0.0.1:$((ports + 1))
nginx_tls_url=https://127.0.0.1:$((ports + 2))
apache_url=http://127.0.0.1:$((ports + 3))
rclone_url=http://127.0.0.1:$((ports + 4))
s3proxy_url=http://127.0.0.1:$((ports + 5))
mkdir -p "$work/files"

# A certificate for the host and nginx alike.
make_certificate() {
  need openssl 'apt install openssl'
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/tls.key" -out "$work/tls.pem" 2> /dev/null
}

# With sendfile and without a log, as many workers as cores; DAV for uploads; TLS if there is a certificate.
start_nginx() {
  need nginx 'apt install nginx-light'
  local tls=''
  if [ -f "$work/tls.pem" ]; then
    tls="listen ${nginx_tls_url#https://} ssl; ssl_certificate $work/tls.pem; ssl_certificate_key $work/tls.key;"
  fi
  mkdir "$work/nginx"
  cat > "$work/nginx/conf" <<CONF
daemon off;
user $(id -un);
worker_processes auto;
pid $work/nginx/pid;
error_log $work/nginx/log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_max_body_size 0;
  client_body_temp_path $work/nginx/body;
  proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi;
  scgi_temp_path $work/nginx/scgi;
  server {
    listen ${nginx_url#http://};
    $tls
    location / { root $work/files; dav_methods PUT; }
  }
}
CONF
  nginx -c "$work/nginx/conf" 2> "$work/nginx/out" &
  nginx=$!
  pids+=("$nginx")
  await "$nginx" "$nginx_url" "$work/nginx/out"
}

# The event MPM with sendfile, as Debian ships it.
start_apache() {
  need apache2 'apt install apache2-bin'
  local modules=/usr/lib/apache2/modules
  mkdir "$work/apache"
  cat > "$work/apache/conf" <<CONF
ServerRoot $work/apache
ServerName localhost
DefaultRuntimeDir $work/apache
PidFile $work/apache/pid
ErrorLog $work/apache/log
Listen ${apache_url#http://}
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
User $([ "$(id -u)" = 0 ] && echo www-data || id -un)
DocumentRoot $work/files
EnableSendfile On
KeepAlive On
MaxKeepAliveRequests 0
CONF
  apache2 -f "$work/apache/conf" -D FOREGROUND 2> "$work/apache/out" &
  apache=$!
  pids+=("$apache")
  await "$apache" "$apache_url" "$work/apache/out"
}

start_rclone() {
  need rclone 'apt install rclone'
  rclone serve webdav "$work/files" --addr "${rclone_url#http://}" --config /dev/null \
    > "$work/rclone.log" 2>&1 &
  rclone=$!
  pids+=("$rclone")
  await "$rclone" "$rclone_url" "$work/rclone.log"
}

# From the package registry, on the JDK that the host runs on. Anonymous, files in a directory.
fetch_s3proxy() {
  s3proxy_jars=$root/bench/target/s3proxy
  [ -d "$s3proxy_jars" ] && return
  need mvn 'apt install maven'
  mvn -q -B -f "$root/bench/lib/s3proxy.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$s3proxy_jars.new" > "$work/mvn.log" 2>&1 || fail "$(cat "$work/mvn.log")"
  mv "$s3proxy_jars.new" "$s3proxy_jars"
}

start_s3proxy() {
  fetch_s3proxy
  mkdir "$work/s3proxy"
  cat > "$work/s3proxy.properties" <<CONF
s3proxy.authorization=none
s3proxy.endpoint=$s3proxy_url
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3proxy
CONF
  echo '<configuration><root level="OFF"/></configuration>' > "$work/logback.xml"
  run_s3proxy
  await "$s3proxy" "$s3proxy_url" "$work/s3proxy.log"
}

run_s3proxy() {
  "$java" -Dlogback.configurationFile="$work/logback.xml" -cp "$s3proxy_jars/*" \
    org.gaul.s3proxy.Main --properties "$work/s3proxy.properties" > "$work/s3proxy.log" 2>&1 &
  s3proxy=$!
  pids+=("$s3proxy")
}
