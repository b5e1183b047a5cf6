package io.consigne.server.api.v1;

import io.consigne.core.accounts.Right;
import io.consigne.core.failure.Failure;
import java.util.HashMap;
import java.util.Map;

/** Endpoints of 1fichier that this host does not have; each says so. */
final class NotOffered {
  private static final Map<String, Right> PATHS =
      Map.ofEntries(
          Map.entry("file/scan.cgi", Right.READ),
          Map.entry("ftp/process.cgi", Right.WRITE),
          Map.entry("ftp/users/add.cgi", Right.ACCOUNT),
          Map.entry("ftp/users/ls.cgi", Right.ACCOUNT),
          Map.entry("ftp/users/rm.cgi", Right.ACCOUNT),
          Map.entry("vouchers/check.cgi", Right.ACCOUNT),
          Map.entry("vouchers/ls.cgi", Right.ACCOUNT),
          Map.entry("vouchers/use.cgi", Right.ACCOUNT));

  private NotOffered() {}

  static Map<String, Endpoint> routes() {
    var routes = new HashMap<String, Endpoint>();
    PATHS.forEach((path, right) ->
        routes.put(
            path,
            call -> {
              call.access().require(right);
              throw new Failure.NotOffered(path).asException();
            }));
    return routes;
  }
}
