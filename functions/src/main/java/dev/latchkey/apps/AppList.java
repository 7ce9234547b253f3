package dev.latchkey.apps;

import dev.latchkey.account.PatientWording;
import dev.latchkey.apps.AppsPage.SharedRecord;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.ClientWording;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.family.FamilyPage;
import dev.latchkey.family.FamilyPage.Cursor;
import dev.latchkey.family.Holding;
import dev.latchkey.family.Standing;
import dev.latchkey.http.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads one page of what somebody allowed: one query of the user index, one read of what it names,
/// one of cut-offs, and one of each app on the page.
record AppList(Standing standing, ClientRegistry clients) {
  private static final int PAGE = 20;

  AppsPage page(Visit visit) {
    var after = visit.parameters().get("after").flatMap(PageCursor::read);
    var found = read(visit.subject(), after);
    var names = new Names(clients, visit.language(), new HashMap<>());
    return new AppsPage(
        visit.language(),
        visit.csrf(),
        PlainText.name(visit.user().name()),
        visit.user().hasPassword(),
        Notice.read(visit.parameters(), visit.cookie()).map(notice -> justDone(notice, names)),
        apps(visit, found, after, names),
        after.map(PageCursor::write).orElse(""),
        found.next().map(PageCursor::write));
  }

  /// Asks for one more than is shown: a store that was asked for exactly as many as there are
  /// cannot tell that there are no more.
  private FamilyPage read(String subject, Optional<Cursor> after) {
    var found = standing.families().ofSubject(subject, Optional.empty(), after, PAGE + 1);
    if (found.holdings().size() <= PAGE) {
      return found;
    }
    var shown = found.holdings().subList(0, PAGE);
    return new FamilyPage(shown, Optional.of(Cursor.at(shown.getLast())));
  }

  private List<AppsPage.App> apps(
      Visit visit, FamilyPage found, Optional<Cursor> after, Names names) {
    var byApp =
        standing.of(found.holdings(), visit.seconds()).stream()
            .collect(
                Collectors.groupingBy(
                    holding -> holding.grant().client(), LinkedHashMap::new, Collectors.toList()));
    var apps = new ArrayList<AppsPage.App>();
    byApp.forEach(
        (id, keys) -> {
          var goesOn =
              List.of(after, found.next()).stream()
                  .flatMap(Optional::stream)
                  .anyMatch(edge -> edge.client().equals(id));
          apps.add(app(visit, names, id, keys, goesOn || keys.size() > 1));
        });
    return apps;
  }

  private static AppsPage.App app(
      Visit visit, Names names, ClientId id, List<Holding> keys, boolean several) {
    var client = names.find(id);
    return new AppsPage.App(
        names.name(id),
        client.map(found -> details(found, visit.language())).orElse(""),
        !client.map(AppList::isKnown).orElse(false),
        several,
        keys.stream().map(key -> key(visit, key)).toList());
  }

  private static boolean isKnown(Client client) {
    return client.clientClass().isConfidential()
        && client.registration().level() != IdentityLevel.UNVERIFIED;
  }

  private static String details(Client client, PageLanguage language) {
    return String.join(
        " ",
        language.say(ClientWording.place(client.applicationType())),
        language.say(ClientWording.proof(client.clientClass())),
        language.say(ClientWording.origin(client.registration().level())));
  }

  private static AppsPage.Key key(Visit visit, Holding holding) {
    var wording = new KeyWording(holding, visit.language().language(), visit.now());
    return new AppsPage.Key(
        holding.family().id().value(),
        Optional.ofNullable(holding.grant().launch().patient())
            .map(patient -> record(visit, patient)),
        wording.sees(),
        wording.since(),
        wording.lastUsed(),
        wording.until());
  }

  /// The grant stands even when the user may not act for that person any more.
  private static SharedRecord record(Visit visit, String patient) {
    var language = visit.language();
    return visit
        .user()
        .patient(patient)
        .map(
            found ->
                new SharedRecord(
                    PlainText.name(found.name()),
                    PatientWording.details(found, language.language())))
        .orElseGet(
            () ->
                new SharedRecord(
                    language.say(AppsText.SOMEBODY), language.say(AppsText.NO_LONGER_YOURS)));
  }

  private static AppsPage.JustDone justDone(Notice notice, Names names) {
    var can =
        switch (notice.done()) {
          case KEY -> AppsText.KEY_TAKEN_BACK;
          case APP, EVERYTHING, PASSWORD, SIGNED_OUT -> AppsText.EVERY_KEY_TAKEN_BACK;
        };
    return new AppsPage.JustDone(
        names.name(new ClientId(notice.client())), names.language().say(can));
  }

  /// Asks for each app once.
  private record Names(
      ClientRegistry clients, PageLanguage language, Map<ClientId, Optional<Client>> known) {
    Optional<Client> find(ClientId id) {
      return known.computeIfAbsent(id, clients::find);
    }

    String name(ClientId id) {
      return find(id)
          .map(app -> PlainText.name(app.name()))
          .orElseGet(() -> language.say(AppsText.GONE));
    }
  }
}
