package io.consigne.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.spec.LinkExamples;
import org.junit.jupiter.api.Test;

/** A key goes along with what the host takes for the link of a file, and with nothing else. */
class LinkHostsTest {
  private final LinkExamples examples = LinkExamples.read();

  @Test
  void domainsOf1fichier_areThese() {
    assertThat(LinkHosts.FICHIER).isEqualTo(examples.fichier());
    assertThat(examples.fichier()).allMatch(LinkHosts::isFichierLinkHost);
  }

  @Test
  void links_areThese() {
    assertThat(examples.links()).isNotEmpty().allMatch(LinkHosts::isLink);
    assertThat(examples.others()).isNotEmpty().noneMatch(LinkHosts::isLink);
  }
}
