package io.consigne.cli.relay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program needs in its environment to go through a relay.
 *
 * @param set variables and values, in the order to show
 * @param unset variables that would lead past the relay
 */
record ClientEnvironment(Map<String, String> set, List<String> unset) {

  /**
   * The variables that rclone, curl and most HTTP libraries look at.
   *
   * @param authority the certificate authority to trust; null for the system's
   */
  static ClientEnvironment of(InetSocketAddress relay, @Nullable Path authority) {
    var set = new LinkedHashMap<String, String>();
    String proxy = "http://" + reachable(relay);
    set.put("HTTPS_PROXY", proxy);
    set.put("https_proxy", proxy);
    if (authority != null) {
      set.put("RCLONE_CA_CERT", authority.toAbsolutePath().toString());
      set.put("CURL_CA_BUNDLE", authority.toAbsolutePath().toString());
    }
    return new ClientEnvironment(set, List.of("NO_PROXY", "no_proxy"));
  }

  void applyTo(Map<String, String> environment) {
    environment.keySet().removeAll(unset);
    environment.putAll(set);
  }

  /** Lines for a POSIX shell. */
  List<String> shellLines() {
    var lines = new ArrayList<String>();
    set.forEach((name, value) -> lines.add("export " + name + "=" + quoted(value)));
    lines.add("unset " + String.join(" ", unset));
    return lines;
  }

  private static String reachable(InetSocketAddress relay) {
    boolean anywhere = relay.getAddress().isAnyLocalAddress();
    String host = anywhere ? "127.0.0.1" : relay.getAddress().getHostAddress();
    return new HostPort(host, relay.getPort()).toString();
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:\\[\\]-]+")
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }
}
