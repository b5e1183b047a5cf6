package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where self-made certificates live: {@code ca.pem}, {@code server.pem} (with the authority behind
 * it) and {@code server.key}. Each file is replaced as a whole and synced; a crash may leave files
 * that do not belong together, which are then not used.
 */
final class TlsDirectory {
  private static final Duration LEFT_OVER = Duration.ofDays(30);

  private final Path directory;

  TlsDirectory(Path directory) {
    this.directory = directory;
  }

  Path authorityFile() {
    return directory.resolve("ca.pem");
  }

  /** What is stored, if it is whole, for these names, and valid for 30 more days. */
  Optional<Tls> load(CertificateNames names, Instant now) {
    try {
      X509Certificate authority = PemFiles.certificates(authorityFile()).getFirst();
      List<X509Certificate> chain = PemFiles.certificates(directory.resolve("server.pem"));
      PrivateKey key = PemFiles.privateKey(directory.resolve("server.key"));
      X509Certificate server = chain.getFirst();
      server.verify(authority.getPublicKey());
      boolean usable =
          PemFiles.belongTogether(key, server.getPublicKey())
              && chain.getLast().equals(authority)
              && CertificateNames.in(server).containsAll(names)
              && server.getNotBefore().toInstant().isBefore(now)
              && server.getNotAfter().toInstant().isAfter(now.plus(LEFT_OVER));
      return usable ? Optional.of(new Tls(key, chain)) : Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /** Replaces what is stored. */
  Tls store(PrivateAuthority.Issued issued) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<X509Certificate> chain = List.of(issued.certificate(), issued.authority());
    PrivateKey key = issued.keys().getPrivate();
    try {
      write("server.key", "rw-------", pem("PRIVATE KEY", key.getEncoded()));
      String authority = pem("CERTIFICATE", issued.authority().getEncoded());
      write(
          "server.pem",
          "rw-r--r--",
          pem("CERTIFICATE", issued.certificate().getEncoded()) + authority);
      write("ca.pem", "rw-r--r--", authority);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot write certificates: " + e.getMessage(), e);
    }
    sync(directory);
    sync(directory.resolveSibling("."));
    return new Tls(key, chain);
  }

  private void write(String name, String permissions, String text) throws IOException {
    Path fresh = directory.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
