package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Endpoints of 1fichier that this host does not have; each says so. */
final class NotOffered {
  private static final List<String> PATHS =
      List.of(
          "file/scan.cgi",
          "ftp/process.cgi",
          "ftp/users/add.cgi",
          "ftp/users/ls.cgi",
          "ftp/users/rm.cgi",
          "remote/info.cgi",
          "remote/ls.cgi",
          "remote/request.cgi",
          "vouchers/check.cgi",
          "vouchers/ls.cgi",
          "vouchers/use.cgi");

  private NotOffered() {}

  static Map<String, Endpoint> routes() {
    var routes = new HashMap<String, Endpoint>();
    for (String path : PATHS) {
      routes.put(
          path,
          call -> {
            throw new Failure.NotOffered(path).asException();
          });
    }
    return routes;
  }
}
