package dev.ruststack.crds.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.KeyReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items from elsewhere: a JSON array of objects, or JSON lines, in the table's itemsFormat. */
@Bindable
@ExactlyOneOf({"path", "configMapKeyRef", "parts"})
public record ItemsFrom(
        @Description("A file on this machine, relative to the YAML file.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A key of a ConfigMap.") @Nullable KeyReference configMapKeyRef,

        @Description("The pieces of the text, in order, where it is more than one ConfigMap or Secret holds.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        List<Part> parts) {
    public ItemsFrom {
        parts = Absent.asEmpty(parts);
    }
}
