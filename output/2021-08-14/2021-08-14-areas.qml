<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" labelsEnabled="1">
<temporal enabled="1" mode="4" limitMode="1" startField="valid_from" endField="valid_to" startExpression="to_datetime(valid_from)" endExpression="coalesce(to_datetime(valid_to), make_datetime(9999, 12, 31, 0, 0, 0))" durationUnit="d"/>
<renderer-v2 type="categorizedSymbol" attr="CASE WHEN level = 'district' AND status = 'unknown' THEN NULL WHEN level = 'province' AND status NOT LIKE 'claimed%' AND basis NOT IN ('editor', 'baseline') THEN 'unknown' ELSE status END" enableorderby="1">
<categories>
<category label="Taliban" value="taliban" symbol="0" render="true"/>
<category label="Contested or conflicting claims" value="contested" symbol="1" render="true"/>
<category label="Claimed by the Taliban only" value="claimed_taliban" symbol="2" render="true"/>
<category label="Claimed by the government only" value="claimed_government" symbol="3" render="true"/>
<category label="Government" value="government" symbol="4" render="true"/>
<category label="No report in these sources" value="unknown" symbol="5" render="true"/>
</categories>
<symbols>
<symbol type="fill" name="0" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="180,71,46,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
<symbol type="fill" name="1" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="244,223,189,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
<layer class="LinePatternFill" enabled="1">
<Option type="Map">
<Option type="QString" name="angle" value="45"/>
<Option type="QString" name="distance" value="1.871"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="color" value="180,71,46,158"/>
</Option>
<symbol type="line" name="@hatch" clip_to_extent="1">
<layer class="SimpleLine" enabled="1">
<Option type="Map">
<Option type="QString" name="line_color" value="180,71,46,158"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="capstyle" value="square"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
</layer>
</symbol>
<symbol type="fill" name="2" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="222,218,209,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
<layer class="LinePatternFill" enabled="1">
<Option type="Map">
<Option type="QString" name="angle" value="45"/>
<Option type="QString" name="distance" value="1.871"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="color" value="180,71,46,158"/>
</Option>
<symbol type="line" name="@hatch" clip_to_extent="1">
<layer class="SimpleLine" enabled="1">
<Option type="Map">
<Option type="QString" name="line_color" value="180,71,46,158"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="capstyle" value="square"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
</layer>
</symbol>
<symbol type="fill" name="3" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="222,218,209,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
<layer class="LinePatternFill" enabled="1">
<Option type="Map">
<Option type="QString" name="angle" value="45"/>
<Option type="QString" name="distance" value="1.871"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="color" value="157,189,214,255"/>
</Option>
<symbol type="line" name="@hatch" clip_to_extent="1">
<layer class="SimpleLine" enabled="1">
<Option type="Map">
<Option type="QString" name="line_color" value="157,189,214,255"/>
<Option type="QString" name="line_width" value="0.503"/>
<Option type="QString" name="capstyle" value="square"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
</layer>
</symbol>
<symbol type="fill" name="4" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="157,189,214,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
<symbol type="fill" name="5" clip_to_extent="1">
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="alpha">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(stale, 50, 100)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
<layer class="SimpleFill" enabled="1">
<Option type="Map">
<Option type="QString" name="color" value="222,218,209,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.238"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
</layer>
</symbol>
</symbols>
<orderby>
<orderByClause asc="0" nullsFirst="0">level</orderByClause>
</orderby>
</renderer-v2>
<labeling type="simple">
<settings>
<text-style fieldName="if(level = 'province', name, if(@map_scale &lt; 1500000, name, NULL))" isExpression="1" fontSize="8.5" fontSizeUnit="Point" fontWeight="63" textColor="87,82,74,255" textOpacity="1">
<text-buffer bufferDraw="1" bufferSize="0.397" bufferSizeUnits="MM" bufferColor="247,245,240,255" bufferOpacity="0.86" bufferJoinStyle="128" bufferNoFill="1"/>
</text-style>
<placement placement="4" predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR" offsetType="1" dist="0.529" distUnits="MM" priority="3"/>
<rendering drawLabels="1" obstacle="0"/>
</settings>
</labeling>
</qgis>
