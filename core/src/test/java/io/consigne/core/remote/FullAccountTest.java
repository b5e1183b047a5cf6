package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import org.junit.jupiter.api.Test;

/** Fetches for an account that has as many files and folders as it may. */
class FullAccountTest extends OnEachScene {
  private static final String FULL = new Failure.TooManyItems(1).message();

  FullAccountTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** Else all its bytes would be fetched for nothing. */
  @Test
  void fetch_endsBeforeItsBytesCome_andSaysWhy() {
    scene.domain.accounts().setAllowance(alice.account(), allowance -> allowance.withItems(1L));
    scene.sources.serve(URL, bytes(1, 5));
    scene.await(alice, scene.add(alice, URL), FetchState.DONE);
    scene.sources.serve(URL, bytes(2, 1_000_000));
    FetchInfo refused = scene.await(alice, scene.add(alice, URL), FetchState.FAILED);
    assertThat(refused.reason()).isEqualTo(FULL);
    assertThat(refused.bytes()).isZero();
    assertThat(scene.reserved(alice)).isZero();
    assertThat(scene.files(alice)).isEqualTo(1);
    assertThat(scene.domain.accounts().get(alice.account()).items()).isEqualTo(1);
  }

  @Test
  void emptyFile_forWhichNoBytesAreReserved_isRefusedAsWell() {
    scene.domain.accounts().setAllowance(alice.account(), allowance -> allowance.withItems(0L));
    scene.sources.serve(URL, new byte[0]);
    FetchInfo refused = scene.await(alice, scene.add(alice, URL), FetchState.FAILED);
    assertThat(refused.reason()).isEqualTo(new Failure.TooManyItems(0).message());
    assertThat(scene.files(alice)).isZero();
  }
}
