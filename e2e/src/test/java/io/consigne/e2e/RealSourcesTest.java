package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.consigne.core.ids.Cidr;
import io.consigne.core.remote.source.FetchLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.OpenSources;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of nginx and vsftpd, which run on a loopback address that the operator allows. */
@Timeout(120)
final class RealSourcesTest {
  private static final byte[] BYTES = new byte[5_000_003];
  private static final String NAME = "Film é.bin";

  @TempDir private static Path directory;
  private static RealSources servers;
  private static OpenSources sources;

  @BeforeAll
  static void start() throws Exception {
    new Random(6).nextBytes(BYTES);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path files = Files.createDirectory(directory.resolve("files"));
    Files.write(files.resolve(NAME), BYTES);
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("r-xr-xr-x"));
    servers = RealSources.start(directory, files);
    FetchLimits limits =
        FetchLimits.DEFAULT
            .with(Set.copyOf(servers.ports().values()))
            .withImplicit(servers.implicitPorts());
    var policy = new FetchPolicy(limits, List.of(Cidr.parse(RealSources.ADDRESS)));
    sources = new OpenSources(policy, trusting(servers.certificates()).getSocketFactory());
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, RealSources.PASSWORD.toCharArray());
    }
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }

  @AfterAll
  static void stop() throws InterruptedException {
    sources.close();
    servers.close();
  }

  private static SourceUrl url(RealSources.Kind kind) {
    return SourceUrl.parse(servers.url(kind, NAME));
  }

  @ParameterizedTest
  @EnumSource
  void wholeFile_isEqual(RealSources.Kind kind) throws IOException {
    SourceRequest whole = SourceRequest.whole(url(kind), SourceHeaders.NONE, BYTES.length);
    try (Fetched fetched = sources.open(whole)) {
      assertThat(fetched.length()).hasValue(BYTES.length);
      assertThat(fetched.fileName()).contains(NAME);
      assertThat(fetched.validator()).isPresent();
      assertThat(Arrays.equals(fetched.body().readAllBytes(), BYTES)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptedFetch_isResumed(RealSources.Kind kind) throws IOException {
    int first = 1_234_567;
    byte[] received = Arrays.copyOf(BYTES, BYTES.length);
    Arrays.fill(received, (byte) 0);
    String validator;
    SourceRequest whole = SourceRequest.whole(url(kind), SourceHeaders.NONE, BYTES.length);
    try (Fetched fetched = sources.open(whole)) {
      assertThat(fetched.body().readNBytes(received, 0, first)).isEqualTo(first);
      validator = fetched.validator().orElseThrow();
    }
    var part = new SourceRequest.Part(first, validator, OptionalLong.of(BYTES.length));
    var rest = new SourceRequest(url(kind), SourceHeaders.NONE, part, BYTES.length, null);
    try (Fetched fetched = sources.open(rest)) {
      assertThat(fetched.offset()).isEqualTo(first);
      assertThat(fetched.length()).hasValue(BYTES.length);
      assertThat(fetched.body().readNBytes(received, first, BYTES.length - first))
          .isEqualTo(BYTES.length - first);
      assertThat(fetched.body().read()).isEqualTo(-1);
    }
    assertThat(Arrays.equals(received, BYTES)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void otherState_beginsAnew(RealSources.Kind kind) throws IOException {
    String validator = kind == RealSources.Kind.WEB ? "\"other\"" : "20000101000000/5000003";
    var part = new SourceRequest.Part(100, validator, OptionalLong.of(BYTES.length));
    var rest = new SourceRequest(url(kind), SourceHeaders.NONE, part, BYTES.length, null);
    try (Fetched fetched = sources.open(rest)) {
      assertThat(fetched.offset()).isZero();
      assertThat(fetched.body().readNBytes(1000)).isEqualTo(Arrays.copyOf(BYTES, 1000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingFile_isRefused(RealSources.Kind kind) {
    SourceUrl missing = SourceUrl.parse(url(kind).text().replace("Film", "Nothing"));
    SourceRequest request = SourceRequest.whole(missing, SourceHeaders.NONE, 1);
    assertThat(catchThrowable(() -> sources.open(request)))
        .hasMessage(
            kind == RealSources.Kind.WEB
                ? "127.0.0.2 has no such file (status 404)"
                : "127.0.0.2 does not send the file (reply 550)");
  }
}
