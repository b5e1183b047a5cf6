package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same as {@link KilledUploadsTest} at a Consigne host. */
class KilledUploadsAtConsigneTest extends KilledRuns {
  /** A Consigne host that poses as 1fichier.com, and lists what it had before the run. */
  @Test
  void realHost_thatListsLate_hasNothingTwice() throws IOException {
    var real = new AtomicReference<RealHost>();
    var before = new AtomicReference<Reply>();
    try (var host =
        new StandIn(
            timing.truth(),
            this::fault,
            url -> {
              real.set(RealHost.start(directory.resolve("host"), url));
              return lateListing(new Behind(real.get(), true), before);
            })) {
      script = killedAt(REPORT, Fault.CUT);
      runIsKilled(host.url(), real.get().key());
      try (var next = new Session(host.url(), real.get().key())) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      assertThat(names(real.get())).containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt");
    } finally {
      real.get().close();
    }
  }

  private static Answering lateListing(Behind host, AtomicReference<Reply> before) {
    return request -> {
      boolean lists = request.target().startsWith("/v1/folder/ls.cgi");
      if (lists && before.get() == null) {
        before.set(host.answer(request));
      }
      return lists ? before.get() : host.answer(request);
    };
  }

  /** The same run at a Consigne host, which lists at once. */
  @ParameterizedTest
  @EnumSource(Last.class)
  void consigneHost_hasNothingTwice(Last last) throws IOException {
    var real = new AtomicReference<RealHost>();
    try (var host =
        new StandIn(
            timing.truth(),
            this::fault,
            url -> {
              real.set(RealHost.start(directory.resolve("host"), url));
              return new Behind(real.get(), false);
            })) {
      host.watch().onlyLocks();
      script = killedAt(last.path, last.fault);
      runIsKilled(host.url(), real.get().key());
      try (var next = new Session(host.url(), real.get().key())) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      assertThat(names(real.get())).containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt");
    } finally {
      real.get().close();
    }
  }

  private List<String> names(RealHost host) throws IOException {
    try (var client =
        new Client(
            ClientConfig.of(host.url(), new ApiKey(host.key()))
                .stateIn(directory.resolve("state of another")))) {
      return client.folders().list(FolderId.ROOT).files().stream().map(RemoteFile::name).toList();
    }
  }
}
