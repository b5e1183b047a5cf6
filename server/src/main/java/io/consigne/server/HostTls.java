package io.consigne.server;

import io.consigne.server.config.HostConfig;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the host's connections are protected, as the operator chose. For one thread at a time. */
final class HostTls {
  private final HostConfig.Web web;
  private final Path directory;
  private final InstantSource clock;
  private List<FileTime> times = List.of();
  private @Nullable Tls tls;
  private @Nullable Path authority;

  /** Made in the place of what is shown, but not shown yet. */
  private @Nullable Tls made;

  private HostTls(HostConfig.Web web, Path directory, InstantSource clock) {
    this.web = web;
    this.directory = directory;
    this.clock = clock;
  }

  /** Reads or makes the certificates. */
  static HostTls of(HostConfig.Web web, Path directory, InstantSource clock) throws IOException {
    var tls = new HostTls(web, directory, clock);
    tls.begin();
    return tls;
  }

  private void begin() throws IOException {
    switch (web.tls()) {
      case HostConfig.Tls.None() -> {}
      case HostConfig.Tls.Files(Path certificates, Path privateKey) -> {
        times = times(certificates, privateKey);
        tls = Tls.pem(certificates, privateKey);
      }
      case HostConfig.Tls.Self() -> {
        Tls.SelfSigned stored = Tls.selfSigned(directory, names(), clock);
        tls = stored.tls();
        authority = stored.authorityFile();
      }
    }
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
   * Looks whether there are other certificates than those that are shown, and shows them: files
   * that were changed, or self-made ones in the place of those that end soon.
   *
   * @return whether there were
   * @throws IOException if they cannot be read, do not fit each other, or are not taken; the old
   *     ones stay, and the next time it is tried again
   */
  boolean renew(Display display) throws IOException {
    return switch (web.tls()) {
      case HostConfig.Tls.None() -> false;
      case HostConfig.Tls.Files(Path certificates, Path privateKey) ->
          renew(certificates, privateKey, display);
      case HostConfig.Tls.Self() -> renewSelfMade(Objects.requireNonNull(tls), display);
    };
  }

  private boolean renew(Path certificates, Path privateKey, Display display) throws IOException {
    List<FileTime> now = times(certificates, privateKey);
    if (now.equals(times)) {
      return false;
    }
    show(Tls.pem(certificates, privateKey), display);
    times = now;
    return true;
  }

  private static List<FileTime> times(Path certificates, Path privateKey) throws IOException {
    return List.of(Files.getLastModifiedTime(certificates), Files.getLastModifiedTime(privateKey));
  }

  /**
   * What clients trust is not replaced because of a clock that is wrong for a while: by it, the
   * certificate has not begun, or is long over.
   */
  private boolean renewSelfMade(Tls shown, Display display) throws IOException {
    Instant now = clock.instant();
    if (made == null) {
      if (now.isBefore(shown.begin())) {
        throw new IOException("by the clock it has not begun; it begins at " + shown.begin());
      }
      if (!now.isBefore(shown.end())) {
        throw new IOException(
            "it ended at %s, if the clock is right; the next start makes a new one"
                .formatted(shown.end()));
      }
      if (now.isBefore(shown.end().minus(HttpLimits.OWN_CERTIFICATE_LEFT))) {
        return false;
      }
      made = Tls.selfSignedAnew(directory, names(), clock);
    }
    show(made, display);
    made = null;
    return true;
  }

  private void show(Tls other, Display display) throws IOException {
    try {
      display.show(other);
    } catch (RuntimeException e) {
      throw new IOException("it cannot be used: " + e.getMessage(), e);
    }
    tls = other;
  }

  private List<String> names() {
    var hosts = new ArrayList<String>();
    hosts.add(web.listen().host());
    if (web.publicUrl() != null) {
      hosts.add(web.publicUrl().getHost());
    }
    return Tls.names(hosts);
  }

  /** Who shows certificates to those that connect. */
  @FunctionalInterface
  interface Display {
    /**
     * Shows these from now on.
     *
     * @throws IOException if they cannot be used
     */
    void show(Tls tls) throws IOException;
  }
}
