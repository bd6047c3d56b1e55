using LinodeEmulator.Hosts;

namespace LinodeEmulator.State;

/// <summary>All that the account has, and the work that is under way. Not safe for two threads: the emulator lets one request in at a time.</summary>
internal sealed class Cloud
{
    public Cloud(Catalogue catalogue, Latency latency, IHostKind hosts, AccountSeat? seat = null)
    {
        Seat = seat;
        Catalogue = catalogue;
        Hosts = hosts;
        Counters = new Counters(CounterRows, seat?.Share ?? NumberShare.All);
        Events = new EventLog(EventRows, Counters);
        JobLog = new JobLog(this, new("job_records", StateJson.Default.JobRecord, owner: row => row.LinodeId));
        Work = new WorkQueue(this, latency);
        Pool = new Addresses(Addresses, Counters, hosts.PublicNetworks);
        Tables =
        [
            Instances, Disks, Configs, Addresses, Volumes, Balancers, BalancerConfigs, BalancerNodes, Firewalls, Devices, Images, Scripts, Keys, Tags,
            Domains, DomainRecords, Backups,
            Jobs, JobLog.Table, EventRows, Accounts, CounterRows, UserData, Setups,
        ];
    }

    /// <summary>Whose it is, where several accounts are served.</summary>
    public AccountSeat? Seat { get; }

    public Catalogue Catalogue { get; }

    public IHostKind Hosts { get; }

    public Counters Counters { get; }

    public EventLog Events { get; }

    public WorkQueue Work { get; }

    public JobLog JobLog { get; }

    public Addresses Pool { get; }

    public IReadOnlyList<ITable> Tables { get; }

    public Table<Instance> Instances { get; } = new("instances", StateJson.Default.Instance, key: row => row.Label);

    public Table<Disk> Disks { get; } = new("disks", StateJson.Default.Disk, owner: row => row.LinodeId);

    public Table<UserData> UserData { get; } = new("user_data", StateJson.Default.UserData);

    public Table<DiskSetup> Setups { get; } = new("disk_setups", StateJson.Default.DiskSetup);

    public Table<Config> Configs { get; } = new("configs", StateJson.Default.Config, owner: row => row.LinodeId);

    public Table<Address> Addresses { get; } = new("addresses", StateJson.Default.Address, key: row => row.Text, owner: row => row.LinodeId);

    public Table<Volume> Volumes { get; } = new("volumes", StateJson.Default.Volume, key: row => row.Label, owner: row => row.LinodeId);

    public Table<NodeBalancer> Balancers { get; } = new("nodebalancers", StateJson.Default.NodeBalancer, key: row => row.Label);

    public Table<BalancerConfig> BalancerConfigs { get; } = new(
        "nodebalancer_configs", StateJson.Default.BalancerConfig, owner: row => row.NodeBalancerId);

    public Table<BalancerNode> BalancerNodes { get; } = new("nodebalancer_nodes", StateJson.Default.BalancerNode, owner: row => row.ConfigId);

    public Table<Firewall> Firewalls { get; } = new("firewalls", StateJson.Default.Firewall, key: row => row.Label);

    public Table<FirewallDevice> Devices { get; } =
        new(
            "firewall_devices",
            StateJson.Default.FirewallDevice,
            key: row => FirewallDevice.KeyOf(row.Type, row.EntityId),
            owner: row => row.FirewallId);

    public Table<PrivateImage> Images { get; } = new("images", StateJson.Default.PrivateImage, key: row => row.Slug);

    public Table<StackScript> Scripts { get; } = new("stackscripts", StateJson.Default.StackScript);

    public Table<Domain> Domains { get; } = new("domains", StateJson.Default.Domain, key: row => row.Name);

    public Table<DomainRecord> DomainRecords { get; } = new("domain_records", StateJson.Default.DomainRecord, owner: row => row.DomainId);

    public Table<Backup> Backups { get; } = new("backups", StateJson.Default.Backup, owner: row => row.LinodeId);

    public Table<SshKey> Keys { get; } = new("sshkeys", StateJson.Default.SshKey);

    public Table<Tag> Tags { get; } = new("tags", StateJson.Default.Tag, key: row => row.Label);

    public Table<Job> Jobs { get; } = new("jobs", StateJson.Default.Job);

    private Table<Event> EventRows { get; } = new("events", StateJson.Default.Event);

    private Table<Account> Accounts { get; } = new("account", StateJson.Default.Account);

    private Table<Counter> CounterRows { get; } = new("counters", StateJson.Default.Counter, key: row => row.Name);

    /// <summary>Changes whenever something changes that a machine behind a node could have to do with.</summary>
    public long Version =>
        Instances.Version + Disks.Version + Configs.Version + Addresses.Version + Volumes.Version + Firewalls.Version + Devices.Version
        + Setups.Version + UserData.Version + Backups.Version + Images.Version;

    public Account Account
    {
        get => Accounts.Find(1) ?? new Account(1);
        set => Accounts.Put(value);
    }

    /// <summary>Does something to a Linode as somebody would in the console. False when there was nothing to do yet, or the platform would not have
    /// it.</summary>
    public Func<Instance, string, DateTime, bool> Console { get; set; } = (_, _, _) => true;

    /// <summary>Lets everything happen that is due by now.</summary>
    public void CatchUp(DateTime now)
    {
        Work.RunUntil(now);
        Events.DropOld(now);
    }

    public bool IsBusy(Instance instance) => Work.IsBusy(Job.LinodeLane(instance.Id));

    /// <summary>Makes the tags known that an object was given.</summary>
    public IReadOnlyList<string> Tagged(IReadOnlyList<string> tags)
    {
        foreach (var label in tags.Where(label => Tags.FindByKey(label) is null))
        {
            Tags.Put(new Tag(Counters.Next("tag"), label));
        }

        return tags;
    }

    public void Change(long instanceId, DateTime at, Func<Instance, Instance> change)
    {
        if (Instances.Find(instanceId) is { } instance)
        {
            Instances.Put(change(instance) with { Updated = at });
        }
    }

    public Job Enqueue(string kind, string lane, long subject, string drawnFor, DateTime at, long? eventId, Func<Job, Job>? with = null)
    {
        var job = new Job(Counters.Next("job"), lane, kind, subject, drawnFor) { EventId = eventId };
        return Work.Add(with is null ? job : with(job), at);
    }

    public void Clear()
    {
        foreach (var table in Tables)
        {
            table.Clear();
        }

        Work.Restore();
    }
}
