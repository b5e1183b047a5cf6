package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/**
 * nginx and vsftpd, each in a process of its own.
 *
 * @param ports where each listens
 * @param certificates a store with the certificate of those that speak TLS
 */
record RealSources(Map<Kind, Integer> ports, Path certificates, List<Process> processes)
    implements AutoCloseable {
  static final String ADDRESS = "127.0.0.2";
  static final String PASSWORD = "changeit";

  /** What servers there are. */
  enum Kind {
    WEB("http"),
    FTP("ftp"),
    SECURE_FTP("ftps"),
    /** TLS from the first byte. */
    IMPLICIT_FTP("ftps");

    private final String scheme;

    Kind(String scheme) {
      this.scheme = scheme;
    }

    String scheme() {
      return scheme;
    }
  }

  /** Serves the files; {@code directory} is for what the servers need besides. */
  static RealSources start(Path directory, Path files) throws IOException, InterruptedException {
    Path certificates = makeCertificate(directory);
    var ports = new EnumMap<Kind, Integer>(Kind.class);
    var processes = new ArrayList<Process>();
    for (Kind kind : Kind.values()) {
      int port = freePort();
      ports.put(kind, port);
      processes.add(
          kind == Kind.WEB ? nginx(directory, files, port) : vsftpd(directory, files, port, kind));
    }
    var sources = new RealSources(ports, certificates, processes);
    try {
      ports.values().forEach(RealSources::awaitListener);
    } catch (ConditionTimeoutException e) {
      sources.close();
      throw e;
    }
    return sources;
  }

  /** The address of a file. */
  String url(Kind kind, String name) {
    return kind.scheme() + "://" + ADDRESS + ":" + ports.get(kind) + "/" + name;
  }

  /** Where TLS begins with the first byte. */
  Set<Integer> implicitPorts() {
    return Set.of(ports.get(Kind.IMPLICIT_FTP));
  }

  private static Process nginx(Path directory, Path files, int port) throws IOException {
    Path work = Files.createDirectory(directory.resolve("nginx"));
    Path config =
        Files.writeString(
            work.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log %1$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server { listen %2$s:%3$d; root %4$s; }
            }
            """
                .formatted(work, ADDRESS, port, files));
    return run(
        work,
        "/usr/sbin/nginx",
        "-p",
        work.toString(),
        "-e",
        work + "/error.log",
        "-c",
        config.toString());
  }

  /** It names a wrong address for data connections, as many do behind a router. */
  private static Process vsftpd(Path directory, Path files, int port, Kind kind)
      throws IOException {
    Path work = Files.createDirectory(directory.resolve("vsftpd-" + port));
    Path config =
        Files.writeString(
            work.resolve("vsftpd.conf"),
            """
            listen=YES
            listen_address=%s
            listen_port=%d
            background=NO
            run_as_launching_user=YES
            anonymous_enable=YES
            local_enable=NO
            anon_root=%s
            pasv_address=127.0.0.1
            seccomp_sandbox=NO
            xferlog_enable=NO
            ssl_enable=%s
            allow_anon_ssl=YES
            force_anon_logins_ssl=YES
            force_anon_data_ssl=YES
            ssl_ciphers=HIGH
            rsa_cert_file=%s
            implicit_ssl=%s
            """
                .formatted(
                    ADDRESS,
                    port,
                    files,
                    kind == Kind.FTP ? "NO" : "YES",
                    directory.resolve("source.pem"),
                    kind == Kind.IMPLICIT_FTP ? "YES" : "NO"));
    return run(work, "/usr/sbin/vsftpd", config.toString());
  }

  private static Path makeCertificate(Path directory) throws IOException, InterruptedException {
    Path pem = directory.resolve("source.pem");
    Path store = directory.resolve("source.p12");
    Process openssl =
        run(
            directory,
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=source",
            "-addext",
            "subjectAltName=IP:" + ADDRESS,
            "-keyout",
            pem.toString(),
            "-out",
            directory.resolve("certificate.pem").toString());
    assertThat(openssl.waitFor()).isZero();
    String certificate = Files.readString(directory.resolve("certificate.pem"));
    Files.writeString(pem, Files.readString(pem) + certificate);
    Process keytool =
        run(
            directory,
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-importcert",
            "-noprompt",
            "-alias",
            "source",
            "-file",
            directory.resolve("certificate.pem").toString(),
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static Process run(Path directory, String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    return builder.redirectOutput(directory.resolve("out.txt").toFile()).start();
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.ofLiteral(ADDRESS))) {
      return probe.getLocalPort();
    }
  }

  private static void awaitListener(int port) {
    await()
        .until(() -> {
          try (var probe = new Socket(ADDRESS, port)) {
            return probe.isConnected();
          } catch (IOException _) {
            return false;
          }
        });
  }

  @Override
  public void close() {
    try {
      for (Process process : processes) {
        process.destroy();
      }
      for (Process process : processes) {
        process.waitFor();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
