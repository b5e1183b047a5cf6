package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a removal that failed each folder was listed once more, however many there were. */
final class FewListingsTest {
  private static final String LIST = "/v1/folder/ls.cgi";
  private static final String REMOVE = "/v1/file/rm.cgi";

  /** More than it is asked for when it is in doubt what was done. */
  private static final int MANY = 9;

  @TempDir private Path home;
  private StandIn host;
  private volatile boolean gateway;

  @BeforeEach
  void start() throws IOException {
    host =
        new StandIn(
            Timing.SYSTEM, path -> gateway && path.equals(REMOVE) ? Fault.BAD_GATEWAY : Fault.NONE);
    for (int i = 1; i <= MANY; i++) {
      host.files().addFolder("f" + i, List.of(Timing.SYSTEM.now()));
    }
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  /** How often it is listed after the call. */
  private int listings(int folders) {
    var command = new ArrayList<>(List.of("rm", "--yes", "--patience=1s"));
    for (int i = 1; i <= folders; i++) {
      command.add("/f" + i + "/1");
    }
    Run run = Run.against(host, home, command.toArray(String[]::new));
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("not removed, as far as is known: /f1/1\n");
    List<String> seen = host.seen();
    return (int)
        seen.subList(seen.lastIndexOf(REMOVE), seen.size()).stream().filter(LIST::equals).count();
  }

  @Test
  void certainRefusal_isNotAskedAbout() {
    host.refuse(REMOVE, "Resource not allowed #631");
    assertThat(listings(2)).isZero();
  }

  @Test
  void doubt_isAskedAbout_ofFewFolders() {
    gateway = true;
    assertThat(listings(2)).isEqualTo(2);
  }

  @Test
  void doubt_isLeft_ofManyFolders() {
    gateway = true;
    assertThat(listings(MANY)).isZero();
  }
}
