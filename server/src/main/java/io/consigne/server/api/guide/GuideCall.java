package io.consigne.server.api.guide;

import io.consigne.core.accounts.Access;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.Visitor;
import io.consigne.server.http.Origin;
import java.net.InetAddress;
import java.util.Set;

/**
 * One authenticated call.
 *
 * @param access who calls
 * @param address where the caller is
 * @param origin how the caller reaches this host
 * @param hosts under which the caller may know this host
 * @param parameters what is asked
 */
record GuideCall(
    Access access, InetAddress address, Origin origin, Set<String> hosts, Parameters parameters) {
  /** The caller as somebody who comes with a link and perhaps its password. */
  Visitor visitor() {
    return new Visitor(access, address, parameters.text("pass", "password").orElse(null));
  }

  /** The address of a file on this host. */
  String url(LinkId link) {
    return LinkAddress.of(origin.url(), link);
  }

  @Override
  public String toString() {
    return "GuideCall[" + access + "]";
  }
}
