package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.spec.LinkExamples;
import org.junit.jupiter.api.Test;

/** The host takes for the link of a file what clients do that send keys along. */
class LinkExamplesTest {
  private final LinkExamples examples = LinkExamples.read();

  @Test
  void domainsOf1fichier_areThese() {
    assertThat(LinkCall.FICHIER).isEqualTo(examples.fichier());
  }

  @Test
  void links_areThese() {
    assertThat(examples.links()).isNotEmpty().allMatch(LinkExamplesTest::isLink);
    assertThat(examples.others()).isNotEmpty().noneMatch(LinkExamplesTest::isLink);
  }

  private static boolean isLink(String address) {
    return LinkCall.of(SourceUrl.parse(address)).isPresent();
  }
}
