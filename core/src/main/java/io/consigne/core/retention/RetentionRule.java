package io.consigne.core.retention;

import io.consigne.core.accounts.Plan;
import java.time.Duration;
import java.util.Optional;

/**
 * How long files of a plan stay that nobody downloads: the table of retention.
 *
 * @param life from the upload or the last download to the removal
 * @param notice from the announcement to the removal
 */
public record RetentionRule(Duration life, Duration notice) {
  /** The rule of a plan; empty if its files stay (reference: 1fichier-api, section 13.4). */
  public static Optional<RetentionRule> of(Plan plan) {
    return switch (plan) {
      case GUEST ->
          Optional.of(
              new RetentionRule(RetentionLimits.LIFE_OF_GUESTS_FILES, RetentionLimits.NOTICE));
      case FREE ->
          Optional.of(
              new RetentionRule(RetentionLimits.LIFE_OF_FREE_FILES, RetentionLimits.NOTICE));
      case ACCESS, PREMIUM, GOLD -> Optional.empty();
    };
  }
}
