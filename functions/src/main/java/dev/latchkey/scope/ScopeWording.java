package dev.latchkey.scope;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a scope means, in words for patients.
public record ScopeWording(Language language) {
  private static final Map<Interaction, Phrase> MAY =
      Map.of(
          Interaction.READ, new Phrase("read", "leer"),
          Interaction.SEARCH, new Phrase("search", "buscar"),
          Interaction.CREATE, new Phrase("add", "agregar"),
          Interaction.UPDATE, new Phrase("change", "cambiar"),
          Interaction.DELETE, new Phrase("delete", "borrar"));

  /// From harmless to not.
  private static final List<Interaction> ORDER =
      List.of(
          Interaction.READ,
          Interaction.SEARCH,
          Interaction.CREATE,
          Interaction.UPDATE,
          Interaction.DELETE);

  private static final Map<NamedScope, Phrase> NAMED =
      Map.of(
          NamedScope.OPENID,
          new Phrase(
              "Recognise you when you come back, by a number that stands for you",
              "Reconocerle cuando vuelva, mediante un número que le representa"),
          NamedScope.FHIR_USER,
          new Phrase(
              "Know which entry in the record system is you",
              "Saber cuál es su ficha en el sistema de expedientes"),
          NamedScope.LAUNCH,
          new Phrase(
              "Know what was open when it was started",
              "Saber qué estaba abierto cuando se inició"),
          NamedScope.LAUNCH_PATIENT,
          new Phrase("Know whose record this is", "Saber de quién es este expediente"),
          NamedScope.OFFLINE_ACCESS,
          new Phrase("Keep access when you are away", "Conservar el acceso cuando usted no está"),
          NamedScope.ONLINE_ACCESS,
          new Phrase(
              "Keep access while you are signed in here",
              "Conservar el acceso mientras su sesión esté abierta aquí"));

  private static final Phrase OPEN =
      new Phrase(
          "Know which entry was open or chosen when it was started (%s)",
          "Saber qué entrada estaba abierta o se eligió cuando se inició (%s)");
  private static final Phrase OPEN_OTHER =
      new Phrase(
          "Know what else was open when it was started",
          "Saber qué más estaba abierto cuando se inició");

  private static final Phrase EVERYTHING =
      new Phrase("Everything in the record", "Todo lo que hay en el expediente");
  private static final Phrase OF_USER =
      new Phrase(
          ", in every record that you can open",
          ", en todos los expedientes que usted puede abrir");
  private static final Phrase OF_SYSTEM =
      new Phrase(", in the records of all patients", ", en los expedientes de todos los pacientes");
  private static final Phrase ONLY_IF =
      new Phrase(" (only if also: %s)", " (solo si también son: %s)");
  private static final Phrase AND = new Phrase(" and ", " y ");

  /// One sentence, such as `Vaccinations — read and search`.
  public String sentence(Scope scope) {
    return switch (scope) {
      case ResourceScope resource -> what(resource) + " — " + may(resource.interactions());
      case NamedScope named -> named(named);
      case LaunchScope launch -> open(launch);
    };
  }

  /// What kind of data, such as `Vaccinations` or `Lab results`.
  public String what(ResourceScope scope) {
    return kind(scope)
        + switch (scope.context()) {
          case PATIENT -> "";
          case USER -> OF_USER.in(language);
          case SYSTEM -> OF_SYSTEM.in(language);
        };
  }

  private String kind(ResourceScope scope) {
    var lists = scope.filter().conditions().stream().map(this::categories).toList();
    if (lists.isEmpty()) {
      return RecordType.of(scope.type())
          .map(type -> type.plainName(language))
          .or(() -> ServiceType.of(scope.type()).map(type -> type.plainName(language)))
          .orElseGet(() -> EVERYTHING.in(language));
    }
    var further = lists.subList(1, lists.size()).stream().map(ScopeWording::inSentence);
    return lists.getFirst()
        + further.map(list -> ONLY_IF.in(language).formatted(list)).reduce("", String::concat);
  }

  private String categories(FilterCondition condition) {
    var names = condition.anyOf().stream().map(one -> one.plainName(language)).toList();
    var list = new ArrayList<>(names.stream().map(ScopeWording::inSentence).toList());
    list.set(0, names.getFirst());
    return listed(list);
  }

  /// What may be done with it, such as `read, search and add`.
  public String may(Set<Interaction> interactions) {
    return listed(
        ORDER.stream().filter(interactions::contains).map(MAY::get).map(this::said).toList());
  }

  /// Whether the app may alter the record, which deserves a warning.
  public static boolean alters(Set<Interaction> interactions) {
    return !Set.of(Interaction.READ, Interaction.SEARCH).containsAll(interactions);
  }

  private String named(NamedScope scope) {
    var phrase = NAMED.get(scope);
    return phrase == null ? scope.spelled() : said(phrase);
  }

  private String open(LaunchScope scope) {
    return RecordType.ofLowerCase(scope.type())
        .map(type -> said(OPEN).formatted(inSentence(type.plainName(language))))
        .orElseGet(() -> said(OPEN_OTHER));
  }

  private String said(Phrase phrase) {
    return phrase.in(language);
  }

  private String listed(List<String> parts) {
    var last = parts.size() - 1;
    return last == 0
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, last)) + AND.in(language) + parts.get(last);
  }

  private static String inSentence(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
