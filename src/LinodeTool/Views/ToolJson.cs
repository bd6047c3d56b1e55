using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeTool.Emulators;
using LinodeTool.Output;
using LinodeTool.Progress;

namespace LinodeTool.Views;

/// <summary>Every document the tool reads or writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(MoneyConverter), typeof(UtcConverter)])]
[JsonSerializable(typeof(NodeDocument))]
[JsonSerializable(typeof(ClusterDocument))]
[JsonSerializable(typeof(OrphanDocument))]
[JsonSerializable(typeof(ImportDocument))]
[JsonSerializable(typeof(DriftDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(RunStateDocument))]
[JsonSerializable(typeof(StepLogDocument))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(PlannedNodeDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(ApplyDocument))]
[JsonSerializable(typeof(ValidationDocument))]
[JsonSerializable(typeof(RegionDocument))]
[JsonSerializable(typeof(TypeDocument))]
[JsonSerializable(typeof(ImageDocument))]
[JsonSerializable(typeof(OwnImageDocument))]
[JsonSerializable(typeof(ImagePreviewDocument))]
[JsonSerializable(typeof(KernelDocument))]
[JsonSerializable(typeof(TaskDocument))]
[JsonSerializable(typeof(ExecDocument))]
[JsonSerializable(typeof(CopyDocument))]
[JsonSerializable(typeof(StoryDocument))]
[JsonSerializable(typeof(TrustDocument))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(RollDocument))]
[JsonSerializable(typeof(SecretDocument))]
[JsonSerializable(typeof(SecretTraceDocument))]
[JsonSerializable(typeof(MovedSecretDocument))]
[JsonSerializable(typeof(ChangeDocument))]
[JsonSerializable(typeof(MovedClusterDocument))]
[JsonSerializable(typeof(InventoryFindingDocument))]
[JsonSerializable(typeof(EmulatorDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(EmulatorRecord))]
[JsonSerializable(typeof(WorkerDocument))]
[JsonSerializable(typeof(WorkerNoticeDocument))]
[JsonSerializable(typeof(VolumeDocument))]
[JsonSerializable(typeof(BackupDocument))]
[JsonSerializable(typeof(NodeBackupsDocument))]
[JsonSerializable(typeof(RestoreDocument))]
internal sealed partial class ToolJson : JsonSerializerContext;
