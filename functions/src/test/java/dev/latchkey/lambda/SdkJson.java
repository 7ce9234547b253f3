package dev.latchkey.lambda;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructList;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Requests and answers of AWS as the services' side reads and writes them: JSON, as the SDK's own
/// descriptions of their members say.
final class SdkJson {
  private SdkJson() {}

  /// Reads a request.
  ///
  /// @param builder an empty one of the request
  static Object read(Map<?, ?> json, SdkPojo builder) {
    for (var field : builder.sdkFields()) {
      Optional.ofNullable(json.get(field.locationName()))
          .ifPresent(value -> field.set(builder, value(value, field)));
    }
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private static Object value(Object json, SdkField<?> field) {
    var type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      return read((Map<?, ?>) json, field.constructor().get());
    }
    if (type.equals(MarshallingType.SDK_BYTES)) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode((String) json));
    }
    if (type.equals(MarshallingType.LIST)) {
      var member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<>();
      ((List<?>) json).forEach(value -> list.add(value(value, member)));
      return list;
    }
    if (type.equals(MarshallingType.MAP)) {
      var member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, Object>();
      ((Map<?, ?>) json).forEach((name, value) -> map.put((String) name, value(value, member)));
      return map;
    }
    return json;
  }

  /// Writes an answer. Members that it has none of are left out.
  static Map<String, Object> write(SdkPojo answer) {
    var json = new LinkedHashMap<String, Object>();
    for (var field : answer.sdkFields()) {
      var value = field.getValueOrDefault(answer);
      if (isThere(value)) {
        json.put(field.locationName(), written(value));
      }
    }
    return json;
  }

  private static boolean isThere(@Nullable Object value) {
    return value != null
        && !(value instanceof DefaultSdkAutoConstructList<?>)
        && !(value instanceof DefaultSdkAutoConstructMap<?, ?>);
  }

  private static Object written(Object value) {
    return switch (value) {
      case SdkPojo pojo -> write(pojo);
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray());
      case List<?> list -> list.stream().map(SdkJson::written).toList();
      case Map<?, ?> map -> {
        var json = new LinkedHashMap<String, Object>();
        map.forEach((name, member) -> json.put((String) name, written(member)));
        yield json;
      }
      default -> value;
    };
  }
}
