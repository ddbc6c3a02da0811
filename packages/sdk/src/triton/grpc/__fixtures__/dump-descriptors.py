"""Prints the messages, enums and methods of the wheel's own descriptors as JSON, named as protobufjs names them."""

import json

from google.protobuf.descriptor import FieldDescriptor
from tritonclient.grpc import model_config_pb2, service_pb2

SCALARS = {
    getattr(FieldDescriptor, name): name.removeprefix("TYPE_").lower()
    for name in dir(FieldDescriptor)
    if name.startswith("TYPE_")
}


def type_of(field):
    declared = field.message_type or field.enum_type
    return declared.full_name if declared else SCALARS[field.type]


def is_repeated(field):
    return field.is_repeated if hasattr(field, "is_repeated") else field.label == FieldDescriptor.LABEL_REPEATED


def describe(field):
    entry = field.message_type if field.message_type and field.message_type.GetOptions().map_entry else None
    value = entry.fields_by_name["value"] if entry else field
    return {
        "number": field.number,
        "type": type_of(value),
        "label": "map" if entry else "repeated" if is_repeated(field) else "single",
        "key": type_of(entry.fields_by_name["key"]) if entry else None,
        "oneof": field.containing_oneof.name if field.containing_oneof else None,
    }


def collect(message, messages, enums):
    if message.GetOptions().map_entry:
        return
    messages[message.full_name] = {field.name: describe(field) for field in message.fields}
    for enum in message.enum_types:
        enums[enum.full_name] = {value.name: value.number for value in enum.values}
    for nested in message.nested_types:
        collect(nested, messages, enums)


def main():
    messages, enums, methods = {}, {}, {}
    for module in (service_pb2, model_config_pb2):
        file = module.DESCRIPTOR
        for message in file.message_types_by_name.values():
            collect(message, messages, enums)
        for enum in file.enum_types_by_name.values():
            enums[enum.full_name] = {value.name: value.number for value in enum.values}
        for service in file.services_by_name.values():
            for method in service.methods:
                methods[f"{service.full_name}/{method.name}"] = {
                    "request": method.input_type.full_name,
                    "response": method.output_type.full_name,
                    "streams": [method.client_streaming, method.server_streaming],
                }
    print(json.dumps({"messages": messages, "enums": enums, "methods": methods}))


main()
