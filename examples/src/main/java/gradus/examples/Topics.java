// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Lists a command's options in its help by topic: first its own, then those of each mixin under
/// the mixin's name.
///
/// Picocli's argument groups have headings too, but start anew, with all defaults, where an option
/// is given twice.
final class Topics implements IHelpSectionRenderer {
  /// Picocli's name of the mixin with `--help` and `--version`.
  private static final String STANDARD = "mixinStandardHelpOptions";

  /// Lists the options of a command and of all below it by topic.
  static void in(CommandLine command) {
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new Topics());
    command.getSubcommands().values().forEach(Topics::in);
  }

  @Override
  public String render(Help help) {
    var topics = new LinkedHashMap<>(help.commandSpec().mixins());
    topics.remove(STANDARD);
    Set<OptionSpec> own = new LinkedHashSet<>(help.commandSpec().options());
    topics.values().forEach(mixin -> own.removeAll(mixin.options()));
    var text = new StringBuilder(list(help, own));
    topics.forEach(
        (name, mixin) ->
            text.append("%n%s:%n".formatted(name)).append(list(help, mixin.options())));
    return text.toString();
  }

  private static String list(Help help, Collection<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout();
    options.forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
    return layout.toString();
  }
}
