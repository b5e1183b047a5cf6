package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where self-made certificates live: {@code ca.pem}, {@code server.pem} (with the authority behind
 * it) and {@code server.key}. Each file is replaced as a whole and synced; a crash may leave files
 * that do not belong together, which are then not used.
 */
final class TlsDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(TlsDirectory.class);
  private static final String AUTHORITY = "ca.pem";
  private static final String CHAIN = "server.pem";
  private static final String KEY = "server.key";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path directory;

  TlsDirectory(Path directory) {
    this.directory = directory;
  }

  Path authorityFile() {
    return directory.resolve(AUTHORITY);
  }

  /**
   * What is stored, if it is whole and for these names; empty also if a file is missing.
   *
   * @throws IOException if a file that is there cannot be read
   */
  Optional<Tls> load(CertificateNames names) throws IOException {
    if (!areThere()) {
      return Optional.empty();
    }
    try {
      X509Certificate authority = PemFiles.certificates(authorityFile()).getFirst();
      List<X509Certificate> chain = PemFiles.certificates(directory.resolve(CHAIN));
      PrivateKey key = PemFiles.privateKey(directory.resolve(KEY));
      X509Certificate server = chain.getFirst();
      server.verify(authority.getPublicKey());
      boolean usable =
          PemFiles.belongTogether(key, server.getPublicKey())
              && chain.getLast().equals(authority)
              && CertificateNames.in(server).containsAll(names);
      return usable ? Optional.of(new Tls(key, chain)) : Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private boolean areThere() throws IOException {
    boolean all = true;
    for (String name : List.of(AUTHORITY, CHAIN, KEY)) {
      Path file = directory.resolve(name);
      try {
        var _ = Files.readAllBytes(file);
      } catch (NoSuchFileException missing) {
        all = false;
      } catch (IOException e) {
        throw new IOException("Cannot read " + file + "; new certificates are not made for it", e);
      }
    }
    return all;
  }

  /** Replaces what is stored, which stays beside under names that tell the time. */
  Tls store(PrivateAuthority.Issued issued, Instant now) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    keepBeside(".before-" + TIME.format(now));
    List<X509Certificate> chain = List.of(issued.certificate(), issued.authority());
    PrivateKey key = issued.keys().getPrivate();
    try {
      write(KEY, "rw-------", pem("PRIVATE KEY", key.getEncoded()));
      String authority = pem("CERTIFICATE", issued.authority().getEncoded());
      write(CHAIN, "rw-r--r--", pem("CERTIFICATE", issued.certificate().getEncoded()) + authority);
      write(AUTHORITY, "rw-r--r--", authority);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot write certificates: " + e.getMessage(), e);
    }
    sync(directory);
    sync(directory.resolveSibling("."));
    return new Tls(key, chain);
  }

  private void keepBeside(String ending) throws IOException {
    boolean any = false;
    for (String name : List.of(AUTHORITY, CHAIN, KEY)) {
      Path file = directory.resolve(name);
      Path beside = directory.resolve(name + ending);
      if (Files.exists(file) && !Files.exists(beside)) {
        Files.copy(file, beside, StandardCopyOption.COPY_ATTRIBUTES);
        sync(beside);
        any = true;
      }
    }
    if (any) {
      LOG.warn(
          "Clients have to be told to trust a new {}; what it replaces is kept as *{}",
          authorityFile(),
          ending);
    }
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

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
