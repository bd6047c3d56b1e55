using LinodeTool.Commands;
using LinodeTool.Grammar;

namespace LinodeTool;

/// <summary>Every command the tool has, one line each.</summary>
internal static class CommandTree
{
    public static Root Build() => new()
    {
        new Noun("cluster", "Clusters: created from a plan, shown, deleted", "clusters and nodes")
        {
            ClusterCreateCommand.Create(),
            ClusterPlanCommand.Create(),
            ClusterApplyCommand.Create(),
            ClusterScaleCommand.Create(),
            ClusterListCommand.Create(),
            ClusterShowCommand.Create(),
            ClusterDiffCommand.Create(),
            ClusterEventsCommand.Create(),
            ClusterWaitCommand.Create(),
            ClusterStartCommand.Create(),
            ClusterStopCommand.Create(),
            ClusterRestartCommand.Create(),
            ClusterRollCommand.Create(),
            ClusterResumeCommand.Create(),
            ClusterRetryCommand.Create(),
            ClusterCancelCommand.Create(),
            ClusterProtectCommand.CreateOn(),
            ClusterProtectCommand.CreateOff(),
            ClusterExecCommand.Create(),
            ClusterSshCommand.Create(),
            ClusterCopyCommand.Create(),
            ClusterExportCommand.Create(),
            ClusterRotateKeysCommand.Create(),
            ClusterDeleteCommand.Create(),
            ClusterOrphansCommand.Create(),
            ClusterImportCommand.Create(),
        },
        new Noun("node", "Single nodes", "clusters and nodes")
        {
            NodeCreateCommand.Create(),
            NodeListCommand.Create(),
            NodeShowCommand.Create(),
            NodeWhyCommand.Create(),
            NodeExecCommand.Create(),
            NodeSshCommand.Create(),
            NodeTrustCommand.Create(),
            NodeRebootCommand.Create(),
            NodeResizeCommand.Create(),
            NodeRebuildCommand.Create(),
            NodeReplaceCommand.Create(),
            NodeBackupsCommand.Create(),
            NodeSnapshotCommand.Create(),
            NodeRestoreCommand.Create(),
            NodeDeleteCommand.Create(),
        },
        new Noun("volume", "Block storage volumes of clusters", "clusters and nodes")
        {
            VolumeListCommand.Create(),
            VolumeResizeCommand.Create(),
            VolumeCloneCommand.Create(),
            VolumeAttachCommand.Create(),
            VolumeDetachCommand.Create(),
        },
        new Noun("image", "The account's own images: made, sent, deleted", "clusters and nodes", plural: "") // images are those of the catalogue
        {
            ImageCreateCommand.Create(),
            ImageListCommand.Create(),
            ImageShowCommand.Create(),
            ImageUploadCommand.Create(),
            ImageReplicateCommand.Create(),
            ImageDeleteCommand.Create(),
        },
        new Noun("plan", "Plan files: checked, shown, priced", "plans")
        {
            PlanValidateCommand.Create(),
            PlanExpandCommand.Create(),
            PlanShowCommand.Create(),
            PlanFormatCommand.Create(),
            PlanSchemaCommand.Create(),
        },
        new Noun("task", "Steps of runs, as the journal has them", "clusters and nodes")
        {
            TaskListCommand.Create(),
            TaskShowCommand.Create(),
            TaskLogsCommand.Create(),
            TaskRetryCommand.Create(),
            TaskCancelCommand.Create(),
        },
        new Noun("worker", "Workers, which do runs that were handed to them", "clusters and nodes")
        {
            WorkerStartCommand.Create(),
            WorkerListCommand.Create(),
            WorkerDrainCommand.Create(),
        },
        new Noun("secret", "Secrets such as the API token", "set-up")
        {
            SecretSetCommand.Create(),
            SecretGetCommand.Create(),
            SecretListCommand.Create(),
            SecretDeleteCommand.Create(),
            SecretGenerateCommand.Create(),
            SecretAuditCommand.Create(),
            SecretMigrateCommand.Create(),
        },
        new Noun("inventory", "Records of clusters: moved, backed up, checked", "set-up", "inventories")
        {
            InventoryMigrateCommand.Create(),
            InventoryBackupCommand.Create(),
            InventoryRestoreCommand.Create(),
            InventoryCheckCommand.Create(),
        },
        new Noun("emulator", "The local emulator of the Linode API", "set-up")
        {
            EmulatorStartCommand.Create(),
            EmulatorStatusCommand.Create(),
            EmulatorResetCommand.Create(),
            EmulatorStopCommand.Create(),
            EmulatorRunCommand.Create(),
        },
        RegionsCommand.Create(),
        TypesCommand.Create(),
        ImagesCommand.Create(),
        KernelsCommand.Create(),
        CompletionCommand.Create(),
        CompleteCommand.Create(),
        HelpCommand.Create(),
        VersionCommand.Create(),
    };
}
