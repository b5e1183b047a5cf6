package io.consigne.server;

import io.consigne.server.config.HostConfig;
import io.consigne.server.http.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the host's connections are protected, as the operator chose. */
record HostTls(@Nullable Tls tls, @Nullable Path authorityOrNull) {
  static HostTls of(HostConfig.Web web, Path directory) throws IOException {
    return switch (web.tls()) {
      case HostConfig.Tls.None() -> new HostTls(null, null);
      case HostConfig.Tls.Files(Path certificates, Path privateKey) ->
          new HostTls(Tls.pem(certificates, privateKey), null);
      case HostConfig.Tls.Self() -> selfSigned(web, directory);
    };
  }

  private static HostTls selfSigned(HostConfig.Web web, Path directory) throws IOException {
    var hosts = new ArrayList<String>();
    hosts.add(web.listen().host());
    if (web.publicUrl() != null) {
      hosts.add(web.publicUrl().getHost());
    }
    Tls.SelfSigned made = Tls.selfSigned(directory, Tls.names(hosts), InstantSource.system());
    return new HostTls(made.tls(), made.authorityFile());
  }

  /** The file of the private CA, if the host made one. */
  Optional<Path> authority() {
    return Optional.ofNullable(authorityOrNull);
  }
}
