import gov.nist.secauto.metaschema.core.configuration.DefaultConfiguration;
import gov.nist.secauto.metaschema.core.model.constraint.IConstraint.Level;
import gov.nist.secauto.metaschema.core.model.constraint.ValidationFeature;
import gov.nist.secauto.metaschema.core.model.validation.IValidationFinding;
import gov.nist.secauto.metaschema.core.model.validation.IValidationResult;
import gov.nist.secauto.oscal.lib.OscalBindingContext;
import java.nio.file.Path;

/** Holds files of OSCAL to the constraints of its metaschemas. Ends with 1 where one is broken. */
public final class Validate {
  public static void main(String[] files) throws Exception {
    boolean isBroken = false;
    for (String file : files) {
      DefaultConfiguration<ValidationFeature<?>> settings = new DefaultConfiguration<>();
      IValidationResult result =
          OscalBindingContext.newInstance().validateWithConstraints(Path.of(file).toUri(), settings);
      for (IValidationFinding finding : result.getFindings()) {
        System.out.println(finding.getSeverity() + " " + file + ": " + finding.getMessage() + " " + finding.getLocation());
        isBroken |= finding.getSeverity().ordinal() >= Level.ERROR.ordinal();
      }
      System.out.println(file + ": " + result.getHighestSeverity());
    }
    System.exit(isBroken ? 1 : 0);
  }
}
