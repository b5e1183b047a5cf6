package io.consigne.core.links;

import java.net.InetAddress;
import java.util.Optional;

/** Tells in which country an address is. */
@FunctionalInterface
public interface Countries {
  /** Knows no country: rules about countries let nobody in. */
  Countries NONE = address -> Optional.empty();

  /** The ISO 3166 code of two capital letters, if it is known. */
  Optional<String> of(InetAddress address);
}
