package io.consigne.core.ids;

import java.net.InetAddress;

/**
 * Where a request comes from, as far as it tells.
 *
 * @param address where the caller is: a proxy's word for it only if that proxy is trusted
 * @param client what the program calls itself, cut to {@link #CLIENT_LENGTH} characters, with
 *     {@code ?} for what is not plain ASCII; empty if it says nothing
 */
public record Caller(InetAddress address, String client) {
  /** How much is kept of a client's name. */
  public static final int CLIENT_LENGTH = 100;

  /** Cuts and cleans the client's name, which is anything that a stranger sends. */
  public Caller {
    String cut = client.substring(0, Math.min(client.length(), CLIENT_LENGTH));
    client = cut.replaceAll("[^\\x20-\\x7e]", "?").strip();
  }
}
