import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.utilities.FhirPublication;
import org.hl7.fhir.utilities.http.ManagedWebAccess;
import org.hl7.fhir.utilities.json.model.JsonArray;
import org.hl7.fhir.utilities.json.model.JsonObject;
import org.hl7.fhir.utilities.json.parser.JsonParser;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidationEngine;
import org.hl7.fhir.validation.service.model.InstanceValidatorParameters;

/**
 * Runs the official validator over many files in one JVM, without any network.
 *
 * <p>Arguments: report file, packages (name#version or a folder, separated by commas), files or folders. Each
 * resource is checked against the profiles that it names. The report has one line of JSON per file: {"file": …, "issues": [{severity, id, at, text}]}.
 */
public class Validate {
  public static void main(String[] args) throws Exception {
    ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    ValidationEngine engine =
        new ValidationEngine.ValidationEngineBuilder()
            .withVersion("4.0.1")
            .withNoTerminologyServer()
            .withCanRunWithoutTerminologyServer(true)
            .withDefaultInstanceValidatorParameters(new InstanceValidatorParameters())
            .fromSource("hl7.fhir.r4.core#4.0.1");
    engine.connectToTSServer(null, null, FhirPublication.R4, false); // says for good that there is none
    engine.setLocale(Locale.ENGLISH);
    for (String ig : args[1].split(",")) {
      engine.getIgLoader().loadIg(engine.getIgs(), engine.getBinaries(), ig, true);
    }
    engine.prepare();
    try (PrintWriter report = new PrintWriter(Files.newBufferedWriter(Path.of(args[0])))) {
      for (Path file : files(Arrays.asList(args).subList(2, args.length))) {
        List<ValidationMessage> messages = new ArrayList<>();
        engine.validate(Files.readAllBytes(file), FhirFormat.JSON, List.of(), messages);
        JsonObject line = new JsonObject();
        line.add("file", file.getFileName().toString());
        JsonArray issues = line.forceArray("issues");
        for (ValidationMessage message : messages) {
          JsonObject issue = new JsonObject();
          issue.add("severity", message.getLevel().toCode());
          issue.add("id", String.valueOf(message.getMessageId()));
          issue.add("at", String.valueOf(message.getLocation()));
          issue.add("text", message.getMessage());
          issues.add(issue);
        }
        report.println(JsonParser.compose(line));
        report.flush();
      }
    }
  }

  private static List<Path> files(List<String> names) throws Exception {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (!Files.isDirectory(path)) {
        found.add(path);
        continue;
      }
      try (var inside = Files.list(path)) {
        inside.filter(one -> one.toString().endsWith(".json")).sorted().forEach(found::add);
      }
    }
    return found;
  }
}
