import java.io.File;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF of every file given whether it is PDF/A-2a and PDF/UA-1: a line each, and one for each fault. */
class Conformance {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1)) {
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                     PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.printf("%s\t%s\t%s\t%d%n", result.isCompliant() ? "conforms" : "violates",
                        file, flavour.getId(), result.getTotalAssertions());
                    for (TestAssertion fault : result.getTestAssertions()) {
                        System.out.printf("fault\t%s\t%s\t%s %s%n", file, flavour.getId(),
                            fault.getRuleId().getClause(), fault.getMessage());
                    }
                }
            }
        }
    }
}
