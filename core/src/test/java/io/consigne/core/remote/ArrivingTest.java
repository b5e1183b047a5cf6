package io.consigne.core.remote;

import static io.consigne.core.remote.RemoteScene.URL;
import static io.consigne.core.remote.RemoteScene.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.TestDatabases;
import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Uploads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** A file on its way into the store, and what is left of it. */
class ArrivingTest extends OnEachScene {
  private static final int LARGE = 1_000_000;

  ArrivingTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private Fetched fetched() throws SourceException {
    scene.sources.serve(URL, bytes(1, LARGE));
    return scene.sources.open(
        SourceRequest.whole(SourceUrl.parse(URL), SourceHeaders.NONE, Long.MAX_VALUE));
  }

  /** A host that stops amid a commit would fetch it all again. */
  @Test
  void fileThatIsComplete_butNotCommitted_isLeftForAnotherTry() throws SourceException {
    Uploads uploads = scene.domain.uploads();
    Sender sender = Sender.identified(alice);
    Arriving arriving = Arriving.anew(uploads, sender, fetched());
    arriving.write(ByteBuffer.wrap(bytes(1, LARGE)));
    var made = new ArrayList<Claim.Partial>();
    arriving.checkpoint(made::add);
    var _ = arriving.complete();
    arriving.park();
    try (Arriving again = Arriving.resumed(uploads, sender, made.getFirst()).orElseThrow()) {
      assertThat(again.bytes()).isEqualTo(LARGE);
    }
  }
}
