package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A host that serves fetches from nginx and vsftpd, on an address that its operator allows. */
@Timeout(180)
class RealFetchesTest {
  private static final byte[] BYTES = new byte[3_000_017];
  private static final String NAME = "Film é.bin";

  @TempDir private Path directory;

  @Test
  void eachKindOfSource_isFetchedWithEqualBytes() throws Exception {
    new Random(8).nextBytes(BYTES);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path files = Files.createDirectory(directory.resolve("files"));
    Files.write(files.resolve(NAME), BYTES);
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (RealSources sources = RealSources.start(directory, files);
        HostProcess host = serve(sources)) {
      var api = new Api(host.url(), host.key());
      var requests = new LinkedHashMap<RealSources.Kind, Long>();
      for (RealSources.Kind kind : RealSources.Kind.values()) {
        String body = "{\"urls\":[\"" + sources.url(kind, NAME) + "\"]}";
        requests.put(kind, api.call("remote/request.cgi", body).path("id").asLong());
      }
      for (Map.Entry<RealSources.Kind, Long> request : requests.entrySet()) {
        JsonNode fetch = ended(api, request.getValue());
        assertThat(fetch.path("state").asString()).as(fetch.toString()).isEqualTo("done");
        byte[] got = api.download(fetch.path("download_link").asString());
        assertThat(Arrays.equals(got, BYTES)).as(request.getKey().name()).isTrue();
      }
      List<String> names =
          api.call("file/ls.cgi", "{\"folder_id\":0}").path("items").findValuesAsString("filename");
      assertThat(names).hasSize(RealSources.Kind.values().length).containsOnly(NAME);
    }
  }

  /** It trusts the authority of the sources besides, and may go to their ports alone. */
  private HostProcess serve(RealSources sources) {
    String ports =
        sources.ports().entrySet().stream()
            .filter(each -> each.getKey() != RealSources.Kind.IMPLICIT_FTP)
            .map(each -> each.getValue().toString())
            .collect(Collectors.joining(","));
    String trust =
        "CONSIGNE_JAVA_OPTS=-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(sources.certificates(), RealSources.PASSWORD);
    return HostProcess.startUnder(
        List.of("env", trust),
        directory.resolve("data"),
        "--fetch-allow=" + RealSources.ADDRESS,
        "--fetch-ports=" + ports,
        "--fetch-ftps-ports=" + sources.ports().get(RealSources.Kind.IMPLICIT_FTP));
  }

  private static JsonNode ended(Api api, long id) {
    String body = "{\"id\":" + id + "}";
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> !api.call("remote/info.cgi", body).path("execution_date").asString().isEmpty());
    return api.call("remote/info.cgi", body).path("fetches").path(0);
  }
}
