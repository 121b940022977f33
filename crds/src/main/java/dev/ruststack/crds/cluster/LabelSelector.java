package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;

/** Labels that an object has to carry; none means every object. */
@Bindable
public record LabelSelector(
        @Description("Labels by key.") @Size(max = 32)
        Map<@Text(min = 1, max = 317) String, @Text(max = 63) String> matchLabels) {
    public LabelSelector {
        matchLabels = Absent.asEmpty(matchLabels);
    }
}
