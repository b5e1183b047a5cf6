package io.consigne.core.mails;

import io.consigne.core.ids.AccountId;
import java.util.Optional;

/** Writes reports of remote uploads. */
@FunctionalInterface
public interface Letters {
  /** What became of a request; empty if it is not known any more, or goes on. */
  Optional<Letter> report(AccountId account, long request);
}
