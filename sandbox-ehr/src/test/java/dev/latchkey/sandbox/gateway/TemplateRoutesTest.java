package dev.latchkey.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.sandbox.gateway.RouteTable.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The routes that the template gives, those of the repository's own template among them.
class TemplateRoutesTest {
  private static final TemplateFiles REPOSITORY = TemplateFiles.locate(Path.of(""));

  @Test
  void everyRouteOfTheHttpApiIsServed() {
    var template = Template.parse(REPOSITORY.read("template.yaml"));
    var deployed =
        template.resources("AWS::ApiGatewayV2::Route").values().stream()
            .map(route -> String.valueOf(route.get("RouteKey")))
            .toList();
    var served = RouteTable.of(template).routes().stream().map(Route::key).toList();
    assertThat(served)
        .containsExactlyInAnyOrderElementsOf(deployed)
        .contains(
            "GET /fhir/.well-known/smart-configuration", "POST /token", "POST /interaction/{step}");
  }

  @Test
  void aRouteOfTheRepositoryIsFoundWithItsFunction() {
    var routes = RouteTable.of(Template.parse(REPOSITORY.read("template.yaml")));
    assertThat(routes.find("POST", "/interaction/sign-in"))
        .isInstanceOfSatisfying(
            Match.Found.class,
            found -> {
              assertThat(found.route().function()).isEqualTo("InteractionFunction");
              assertThat(found.pathParameters()).isEqualTo(Map.of("step", "sign-in"));
            });
    assertThat(routes.find("GET", "/token")).isInstanceOf(Match.WrongMethod.class);
    assertThat(routes.find("GET", "/fhir/Patient")).isInstanceOf(Match.Foreign.class);
  }

  @Test
  void theMostSpecificRouteWins() {
    var routes =
        new RouteTable(
            List.of(
                new Route("ANY", "/{proxy+}", "rest"),
                new Route("GET", "/pets/{proxy+}", "greedy"),
                new Route("GET", "/pets/{kind}/{id}", "variables"),
                new Route("GET", "/pets/dog/{id}", "variable"),
                new Route("ANY", "/pets/dog/1", "any"),
                new Route("GET", "/pets/dog/1", "literal")));
    assertThat(function(routes, "GET", "/pets/dog/1")).isEqualTo("literal");
    assertThat(function(routes, "PUT", "/pets/dog/1")).isEqualTo("any");
    assertThat(function(routes, "GET", "/pets/dog/2")).isEqualTo("variable");
    assertThat(function(routes, "GET", "/pets/cat/2")).isEqualTo("variables");
    assertThat(function(routes, "GET", "/pets/cat/2/x")).isEqualTo("greedy");
    assertThat(function(routes, "POST", "/pets/cat/2")).isEqualTo("rest");
  }

  @Test
  void shortTagsTakeTheirLongForm() {
    var template =
        Template.parse(
            """
            Resources:
              A:
                Type: T
                Properties:
                  Name: !Sub "${AWS::StackName}-a"
                  Arn: !GetAtt B.Arn
                  Other: !Ref B
                  Chosen: !If [Production, !Ref B, x]
            """);
    assertThat(template.resources("T").get("A"))
        .isEqualTo(
            Map.of(
                "Name", Map.of("Fn::Sub", "${AWS::StackName}-a"),
                "Arn", Map.of("Fn::GetAtt", "B.Arn"),
                "Other", Map.of("Ref", "B"),
                "Chosen", Map.of("Fn::If", List.of("Production", Map.of("Ref", "B"), "x"))));
  }

  @Test
  void aPathThatIsNoPlainTextIsNamed() {
    var template =
        Template.parse(
            """
            Resources:
              TokenFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Post: { Type: HttpApi, Properties: { Method: POST, Path: !Sub "/${Prefix}" } }
            """);
    assertThatThrownBy(() -> RouteTable.of(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TokenFunction.Post needs Path as plain text");
  }

  @Test
  void templatesAreFoundFromAnyFolderOfTheRepositoryAndElseInTheProgram(@TempDir Path elsewhere)
      throws Exception {
    assertThat(TemplateFiles.locate(elsewhere).read("template.yaml"))
        .isEqualTo(REPOSITORY.read("template.yaml"));
    assertThat(TemplateFiles.locate(elsewhere).read("infra/keys.yaml")).contains("SigningKey");

    var below = Files.createDirectories(elsewhere.resolve("a/b"));
    Files.writeString(elsewhere.resolve("template.yaml"), "Resources: {}");
    assertThat(TemplateFiles.locate(below).read("template.yaml")).isNotEqualTo("Resources: {}");
    Files.createDirectory(elsewhere.resolve("infra"));
    Files.writeString(elsewhere.resolve("infra/tables.yaml"), "Resources: {}");
    assertThat(TemplateFiles.locate(below).read("template.yaml")).isEqualTo("Resources: {}");
  }

  private static String function(RouteTable routes, String method, String path) {
    return routes.find(method, path) instanceof Match.Found found
        ? found.route().function()
        : "none";
  }
}
