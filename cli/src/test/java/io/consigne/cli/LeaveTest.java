package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a folder is shared with leaves it by {@code consigne leave}. */
final class LeaveTest {
  @TempDir private Path home;

  @Test
  void sharedFolder_isLeft_andNothingElse() throws IOException {
    try (var desk = new Desk(home)) {
      String bob = desk.account("bob@example.org");
      desk.good("mkdir", "/Docs/below");
      desk.good("share", "/Docs", "--with", "bob@example.org");
      String alice = String.valueOf(desk.environment().put("CONSIGNE_API_KEY", bob));
      desk.good("mkdir", "/Own");
      Run below = desk.run("leave", "/Docs/below");
      assertThat(below.exitCode()).isEqualTo(4);
      assertThat(below.err()).contains("a folder above this one is shared with you");
      assertThat(desk.run("leave", "/Own").exitCode()).isEqualTo(6);
      assertThat(desk.run("leave", "/").exitCode()).isEqualTo(6);
      assertThat(desk.run("leave", "/Docs")).isEqualTo(new Run(0, "", "consigne: left: /Docs\n"));
      assertThat(desk.good("ls", "/")).isEqualTo("Own/\n");
      assertThat(desk.run("leave", "/Docs").exitCode()).isEqualTo(5);
      desk.environment().put("CONSIGNE_API_KEY", alice);
      assertThat(desk.good("ls", "/Docs")).isEqualTo("below/\n");
    }
  }

  /** All files in it were gone before the host refused the folder. */
  @Test
  void sharedFolder_isNotRemovedByAGuest() throws IOException {
    try (var desk = new Desk(home)) {
      String bob = desk.account("bob@example.org");
      Path kept = desk.write("kept.txt", "hers");
      desk.good("put", kept.toString(), "/Docs/");
      desk.good("share", "/Docs", "--write", "--with", "bob@example.org");
      desk.environment().put("CONSIGNE_API_KEY", bob);
      assertThat(desk.run("rm", "-r", "--yes", "/Docs"))
          .isEqualTo(
              new Run(
                  4,
                  "",
                  "consigne: /Docs is shared by admin, nothing was removed; \"consigne"
                      + " leave\" leaves it, and rm takes the paths of what is in it\n"));
      assertThat(desk.good("ls", "/Docs")).isEqualTo("kept.txt\n");
      desk.good("rm", "--yes", "/Docs/kept.txt");
      assertThat(desk.good("ls", "/Docs")).isEmpty();
    }
  }

  /** The advice was to leave what is none of the shared folders themselves. */
  @Test
  void folderInASharedOne_isRemovedByWhomItLetsWrite() throws IOException {
    try (var desk = new Desk(home)) {
      String bob = desk.account("bob@example.org");
      Path kept = desk.write("kept.txt", "hers");
      for (String folder : new String[] {"Read", "Write"}) {
        desk.good("put", kept.toString(), "/" + folder + "/below/deep/");
        desk.good("share", "/" + folder, "--with", "bob@example.org");
      }
      desk.good("share", "/Write", "--write", "--with", "bob@example.org");
      desk.environment().put("CONSIGNE_API_KEY", bob);
      assertThat(desk.run("rm", "-r", "--yes", "/Read/below/deep"))
          .isEqualTo(
              new Run(
                  4,
                  "",
                  "consigne: /Read/below/deep is in /Read, which admin shares for reading alone;"
                      + " nothing was removed\n"));
      assertThat(desk.good("ls", "/Read/below/deep")).isEqualTo("kept.txt\n");
      desk.good("rm", "-r", "--yes", "/Write/below");
      assertThat(desk.good("ls", "/Write")).isEmpty();
    }
  }

  /** One of the account's own may have the same name. */
  @Test
  void folderOfSomebodyElse_isMeant() throws IOException {
    try (var desk = new Desk(home)) {
      String bob = desk.account("bob@example.org");
      String alice = String.valueOf(desk.environment().put("CONSIGNE_API_KEY", bob));
      desk.good("mkdir", "/Docs/own");
      desk.environment().put("CONSIGNE_API_KEY", alice);
      desk.good("mkdir", "/Docs/hers");
      desk.good("share", "/Docs", "--with", "bob@example.org");
      desk.environment().put("CONSIGNE_API_KEY", bob);
      assertThat(desk.good("ls", "/")).isEqualTo("Docs/\nDocs/\n");
      assertThat(desk.good("leave", "--json", "/Docs"))
          .startsWith("{\"consigne\":1,\"command\":\"leave\",\"data\":{");
      assertThat(desk.good("ls", "/")).isEqualTo("Docs/\n");
      assertThat(desk.good("ls", "/Docs")).isEqualTo("own/\n");
    }
  }

  @Test
  void hostThatDoesNotOfferIt_isNamedInWords() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().addFull("Docs", 1);
      Run run = Run.against(host, home, "leave", "/Docs");
      assertThat(run)
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "consigne: this host lets nobody leave a folder: only its owner can end the"
                      + " sharing\n"));
      assertThat(host.seen()).doesNotContain("/v1/folder/leave.cgi");
    }
  }
}
