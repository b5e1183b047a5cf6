package io.consigne.core.remote.source;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name system. */
@FunctionalInterface
interface Names {
  /** The addresses of a host, at least one. */
  InetAddress[] lookup(String host) throws UnknownHostException;
}
