package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 1fichier.com names an address by plain HTTP if account or file are set to it. */
class PlainAddressTest {
  @TempDir private Path directory;

  /** Names such an address for every file. */
  private record Naming(List<URI> asked) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) {
      asked.add(request.uri());
      String answer =
          request.uri().getPath().endsWith("get_token.cgi")
              ? "{\"status\":\"OK\",\"url\":\"http://a-4.1fichier.com/p1058755667\"}"
              : "{\"status\":\"KO\",\"message\":\"Resource not found #469\"}";
      return new WireAnswer(
          200,
          HttpHeaders.of(Map.of(), (_, _) -> true),
          new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {}
  }

  @Test
  void addressWithoutTls_isRefused_andNothingIsFetched() throws Exception {
    var asked = new ArrayList<URI>();
    ClientConfig config =
        ClientConfig.of(ClientConfig.ONE_FICHIER, new ApiKey("key"))
            .with(new Waiting(new VirtualTiming(), Duration.ofHours(1), Waits.UNSEEN))
            .over(() -> new Naming(asked))
            .stateIn(directory.resolve("state"));
    var source =
        new DownloadSource(
            new FileLink("https://1fichier.com/?2zk52quqlm0cbjr93ri5"),
            3,
            Checksums.NONE,
            null,
            null);
    try (var client = new Client(config)) {
      Downloads downloads = client.downloads();
      Path target = directory.resolve("a.txt");
      assertThatThrownBy(
              () -> downloads.fetch(source, target, Downloads.IfExists.FAIL, Progress.UNSEEN))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Denied.class))
          .hasMessageContaining("without TLS, from which no bytes are fetched: a-4.1fichier.com;");
      assertThat(target).doesNotExist();
    }
    assertThat(asked).allMatch(uri -> uri.getScheme().equals("https"));
    assertThat(asked).filteredOn(uri -> uri.getPath().endsWith("get_token.cgi")).hasSize(1);
  }
}
