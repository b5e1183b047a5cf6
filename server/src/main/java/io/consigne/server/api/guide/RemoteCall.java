package io.consigne.server.api.guide;

import io.consigne.core.remote.RemoteRequests;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.tree.FolderRef;
import java.util.List;
import java.util.Map;

/** Has the host fetch from elsewhere; addresses may hold secrets, which no log is to show. */
final class RemoteCall implements GuideEndpoint {
  private static final String[] SOURCES = {"urls", "url", "link", "links"};

  private final RemoteRequests requests;

  RemoteCall(RemoteRequests requests) {
    this.requests = requests;
  }

  @Override
  public Answer call(GuideCall call) {
    List<Wish.Item> items =
        call.parameters().all(SOURCES).stream()
            .map(text -> Wish.Item.parse(text, call.origin().host()))
            .toList();
    FolderRef folder = call.parameters().folder(Parameters.FOLDER).orElse(FolderRef.ROOT);
    RemoteRequests.Added made =
        requests.add(call.access(), new Wish(items, SourceHeaders.NONE, folder));
    return Answer.of(
        Map.of("id", made.id(), "urls", items.stream().map(Wish.Item::shown).toList()));
  }

  @Override
  public List<String> named(Parameters parameters) {
    return parameters.all(Parameters.FOLDER).stream().map("folder "::concat).toList();
  }
}
