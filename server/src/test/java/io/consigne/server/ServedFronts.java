package io.consigne.server;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.server.http.Listener;
import io.consigne.server.http.ListenerConfig;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fronts as {@link Host} puts them together, for tests that wire what is behind them. */
public final class ServedFronts {
  private final Fronts fronts;

  /** Fronts of that domain, perhaps with an account for guests. */
  public ServedFronts(Domain domain, @Nullable Access guests) {
    fronts = Fronts.of(domain, guests, false);
  }

  /** Serves them. */
  public Listener listen(ListenerConfig config) throws IOException {
    return Listener.start(config, fronts, fronts::fallback);
  }

  /**
   * Every address: those of 1fichier's API as in {@code /v1/file/ls.cgi}, and those of the guide
   * with their methods, as in {@code GET /user/info.cgi}. That the guide has each below {@code /v1}
   * once more is left out.
   */
  public Set<String> addresses() {
    var all = new TreeSet<String>(fronts.v1().addresses());
    fronts.guide().addresses().stream()
        .filter(address -> !address.contains(" /v1/"))
        .forEach(all::add);
    return all;
  }

  /** Every path of both. */
  public Set<String> paths() {
    var paths = new TreeSet<String>(fronts.v1().addresses());
    for (String address : fronts.guide().addresses()) {
      paths.add(address.substring(address.indexOf(' ') + 1));
    }
    return paths;
  }
}
