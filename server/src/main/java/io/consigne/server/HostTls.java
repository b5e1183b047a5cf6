package io.consigne.server;

import io.consigne.server.config.HostConfig;
import io.consigne.server.http.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the host's connections are protected, as the operator chose. For one thread at a time. */
final class HostTls {
  private final HostConfig.Web web;
  private final Path directory;
  private List<FileTime> times = List.of();
  private @Nullable Tls tls;
  private @Nullable Path authority;

  private HostTls(HostConfig.Web web, Path directory) {
    this.web = web;
    this.directory = directory;
  }

  /** Reads or makes the certificates. */
  static HostTls of(HostConfig.Web web, Path directory) throws IOException {
    var made = new HostTls(web, directory);
    var _ = made.renewed();
    return made;
  }

  /** The certificates; null for none. */
  @Nullable Tls tls() {
    return tls;
  }

  /** The file of the private CA, if the host made one. */
  Optional<Path> authority() {
    return Optional.ofNullable(authority);
  }

  /**
   * Looks whether there are other certificates than those that are used: files that were changed,
   * or self-made ones in the place of those that end soon.
   *
   * @throws IOException if they cannot be read, or do not fit each other; the old ones stay
   */
  Optional<Tls> renewed() throws IOException {
    return switch (web.tls()) {
      case HostConfig.Tls.None() -> Optional.empty();
      case HostConfig.Tls.Files(Path certificates, Path privateKey) ->
          changed(certificates, privateKey);
      case HostConfig.Tls.Self() -> selfSigned();
    };
  }

  private Optional<Tls> changed(Path certificates, Path privateKey) throws IOException {
    List<FileTime> now =
        List.of(Files.getLastModifiedTime(certificates), Files.getLastModifiedTime(privateKey));
    if (now.equals(times)) {
      return Optional.empty();
    }
    tls = Tls.pem(certificates, privateKey);
    times = now;
    return Optional.of(tls);
  }

  private Optional<Tls> selfSigned() throws IOException {
    var hosts = new ArrayList<String>();
    hosts.add(web.listen().host());
    if (web.publicUrl() != null) {
      hosts.add(web.publicUrl().getHost());
    }
    Tls.SelfSigned made = Tls.selfSigned(directory, Tls.names(hosts), InstantSource.system());
    if (tls != null && !made.made()) {
      return Optional.empty();
    }
    tls = made.tls();
    authority = made.authorityFile();
    return Optional.of(tls);
  }
}
